package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.upload.SessionStatus;
import io.waybill.s3.ScriptedServer.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Every answer of a store to every call, and what becomes of the upload: a real store adapter over
 * a store that gives each of them. {@code docs/states.md} shows it; {@code
 * -Dwaybill.docs.write=true} writes it anew.
 */
class StorageAnswersPageTest {

  /** The five calls that the lifecycle makes of a store. */
  private enum Call {
    CREATE("create"),
    LIST("list, to complete"),
    COMPLETE("complete"),
    HEAD("head, after complete"),
    ABORT("abort");

    final String title;

    Call(String title) {
      this.title = title;
    }

    static Call of(String method, String query) {
      return switch (method) {
        case "GET" -> LIST;
        case "HEAD" -> HEAD;
        case "DELETE" -> ABORT;
        default -> query.contains("uploadId") ? COMPLETE : CREATE;
      };
    }
  }

  private static final Line PART =
      answer(
          200,
          "<ListPartsResult><UploadId>u</UploadId><Part><PartNumber>1</PartNumber><ETag>e</ETag>"
              + "<Size>"
              + StoredWorld.FILE_BYTES
              + "</Size></Part></ListPartsResult>");

  private static final Line OBJECT =
      exchange -> {
        exchange.getResponseHeaders().set("ETag", "\"e-1\"");
        exchange.getResponseHeaders().set("Content-Length", Long.toString(StoredWorld.FILE_BYTES));
        exchange.sendResponseHeaders(200, -1);
      };

  private static final Map<Call, Line> WELL =
      new EnumMap<>(
          Map.of(
              Call.CREATE, answer(200, "<R><UploadId>u</UploadId></R>"),
              Call.LIST, PART,
              Call.COMPLETE, answer(200, "<R><Key>k</Key></R>"),
              Call.HEAD, OBJECT,
              Call.ABORT, answer(204, "")));

  @Test
  void the_page_shows_what_every_answer_of_storage_leads_to() throws IOException {
    Path page = root().resolve("docs/states.md");
    String begin = "<!-- storage answers: made by StorageAnswersPageTest -->\n";
    String end = "<!-- end of storage answers -->";
    String text = Files.readString(page);
    assertThat(text).contains(begin, end);
    int from = text.indexOf(begin) + begin.length();
    int to = text.indexOf(end);
    String said = table();
    if (Boolean.getBoolean("waybill.docs.write")) {
      Files.writeString(page, text.substring(0, from) + said + text.substring(to));
      return;
    }
    assertThat(text.substring(from, to))
        .as("docs/states.md; write it anew with -Dwaybill.docs.write=true")
        .isEqualTo(said);
  }

  private static Path root() {
    Path module = Path.of("").toAbsolutePath();
    return Files.exists(module.resolve("upload-s3")) ? module : module.resolve("..").normalize();
  }

  private static String table() {
    String calls = Arrays.stream(Call.values()).map(call -> call.title).collect(joining(" | "));
    StringBuilder table =
        new StringBuilder("\n| storage says | ")
            .append(calls)
            .append(" | who mends it | lost |\n|---|")
            .append("---|".repeat(Call.values().length + 2))
            .append('\n');
    for (StorageAnswer answer : StorageAnswer.values()) {
      table.append("| ").append(answer.title).append(" | ");
      for (Call call : Call.values()) {
        table.append(cell(call, answer)).append(" | ");
      }
      table.append(answer.mender.words).append(" | nothing |\n");
    }
    return table.append('\n').toString();
  }

  private static String cell(Call call, StorageAnswer answer) {
    try (StoredWorld world = new StoredWorld()) {
      world.server.says(play(call, answer.line));
      Verdict<?> verdict =
          switch (call) {
            case CREATE -> world.create();
            case LIST, COMPLETE, HEAD -> world.create().then(made -> world.complete());
            case ABORT -> world.create().then(made -> world.abort());
          };
      assertNothingIsLost(call, answer, world);
      String state = world.status().name();
      return verdict instanceof Verdict.Refused<?>(Refusal refusal)
          ? "`" + refusal.code().code() + "`, " + state
          : state;
    }
  }

  /** One call is answered so, all others well; before the completion there is no object. */
  private static Line play(Call spoilt, Line line) {
    boolean[] completed = {false};
    return exchange -> {
      Call call =
          Call.of(exchange.getRequestMethod(), String.valueOf(exchange.getRequestURI().getQuery()));
      if (call == Call.COMPLETE && spoilt != Call.COMPLETE) {
        completed[0] = true;
      }
      boolean isAbsent = call == Call.HEAD && spoilt != Call.HEAD && !completed[0];
      Line mine = call == spoilt ? line : isAbsent ? answer(404, "") : well(call);
      mine.play(exchange);
    };
  }

  private static Line well(Call call) {
    Line line = WELL.get(call);
    if (line == null) {
      throw new AssertionError(call);
    }
    return line;
  }

  /** No upload is failed but one that storage takes under no circumstances; no part is dropped. */
  private static void assertNothingIsLost(Call call, StorageAnswer answer, StoredWorld world) {
    assertThat(List.of(world.status()))
        .as("%s %s", call, answer)
        .allMatch(status -> status != SessionStatus.FAILED || answer == StorageAnswer.KEY_TOO_LONG);
    if (call != Call.ABORT) {
      assertThat(world.server.seen())
          .as("%s %s", call, answer)
          .noneMatch(seen -> seen.method().equals("DELETE"));
    }
  }
}
