package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/states.md} says what the use cases do. What it lists is made here from the running
 * code; {@code -Dwaybill.docs.write=true} writes it anew.
 */
class StatesPageTest {

  private static final Path PAGE = root().resolve("docs/states.md");

  private static Path root() {
    Path module = Path.of("").toAbsolutePath();
    return Files.exists(module.resolve("upload-core")) ? module : module.resolve("..").normalize();
  }

  @Test
  void the_page_shows_what_every_command_answers_in_every_state() throws IOException {
    holds("table", table());
  }

  @Test
  void the_page_draws_the_moves_that_the_states_permit() throws IOException {
    holds("diagram", diagram());
  }

  private static void holds(String block, String said) throws IOException {
    String begin = "<!-- " + block + ": made by StatesPageTest -->\n";
    String end = "<!-- end of " + block + " -->";
    String page = Files.readString(PAGE);
    int from = page.indexOf(begin) + begin.length();
    int to = page.indexOf(end);
    assertThat(page).contains(begin, end);
    if (Boolean.getBoolean("waybill.docs.write")) {
      Files.writeString(PAGE, page.substring(0, from) + said + page.substring(to));
      return;
    }
    assertThat(page.substring(from, to))
        .as("docs/states.md; write it anew with -Dwaybill.docs.write=true")
        .isEqualTo(said);
  }

  private static String table() {
    StringBuilder table = new StringBuilder("\n| state |");
    for (Command command : Command.values()) {
      table.append(' ').append(command.title).append(" |");
    }
    table.append("\n|---|").append("---|".repeat(Command.values().length)).append('\n');
    for (Situation situation : Situation.values()) {
      if (situation != Situation.EXPIRED_UNSEEN) {
        table
            .append("| ")
            .append(situation.title)
            .append(" | ")
            .append(row(situation))
            .append(" |\n");
      }
    }
    return table.append('\n').toString();
  }

  private static String row(Situation situation) {
    return Arrays.stream(Command.values())
        .map(command -> cell(situation, command))
        .collect(joining(" | "));
  }

  private static String cell(Situation situation, Command command) {
    World world = new World();
    UUID session = situation.arrange(world);
    SessionStatus before = shown(world, session);
    Verdict<?> verdict = command.ask(world, session);
    SessionStatus after = shown(world, session);
    String moved = before == after ? "" : "→ " + after;
    return switch (verdict) {
      case Verdict.Ok<?> ok when command == Command.RETRY ->
          moved.isEmpty() ? "new session" : "new session, " + moved;
      case Verdict.Ok<?> ok -> moved.isEmpty() ? "✓" : moved;
      case Verdict.Refused<?>(Refusal refusal) -> {
        assertThat(moved).as("%s %s", situation, command).isEmpty();
        yield "`" + refusal.code().code().replace("upload.", "") + "`";
      }
    };
  }

  private static SessionStatus shown(World world, UUID session) {
    return value(world.clients.get(session)).status();
  }

  @Test
  void a_worker_makes_no_difference_to_what_an_expired_session_answers() {
    for (Command command : Command.values()) {
      assertThat(cell(Situation.EXPIRED_UNSEEN, command))
          .as(command.title)
          .isEqualTo(cell(Situation.EXPIRED, command));
    }
  }

  @Test
  void an_illegal_command_says_the_state_it_found_and_is_no_outage() {
    for (Situation situation : Situation.values()) {
      for (Command command : Command.values()) {
        World world = new World();
        UUID session = situation.arrange(world);
        if (command.ask(world, session) instanceof Verdict.Refused<?>(Refusal refusal)
            && refusal.code() == ErrorCode.UPLOAD_INVALID_STATE) {
          assertThat(refusal.details())
              .as("%s %s", situation, command)
              .containsEntry("session_id", session.toString())
              .containsEntry("current_status", shown(world, session).name());
          assertThat(refusal.retryAfterSeconds()).isZero();
        }
      }
    }
  }

  /** A state's methods are its legal moves: read them off the types. */
  private static String diagram() {
    Set<String> moves = new TreeSet<>();
    moves.add("    [*] --> INITIATING");
    for (Class<?> state : states(Session.class)) {
      for (Method method : state.getMethods()) {
        boolean isMove =
            Session.class.isAssignableFrom(method.getReturnType())
                && !method.getName().equals("asOf")
                && !method.getName().equals("from");
        if (isMove) {
          states(method.getReturnType()).stream()
              .filter(target -> target != state && !method.isBridge())
              .forEach(target -> moves.add("    " + nameOf(state) + " --> " + nameOf(target)));
        }
      }
    }
    for (SessionStatus terminal :
        List.of(SessionStatus.COMPLETED, SessionStatus.ABORTED, SessionStatus.FAILED)) {
      moves.add("    " + terminal + " --> [*]");
    }
    return "\n```mermaid\nstateDiagram-v2\n" + String.join("\n", moves) + "\n```\n\n";
  }

  private static List<Class<?>> states(Class<?> type) {
    if (type.isRecord()) {
      return List.of(type);
    }
    List<Class<?>> states = new ArrayList<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      states.addAll(states(permitted));
    }
    return states;
  }

  private static String nameOf(Class<?> state) {
    return state.getSimpleName().toUpperCase(Locale.ROOT);
  }
}
