package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.Phase.Completing;
import io.waybill.agent.upload.Phase.Ended;
import io.waybill.agent.upload.Phase.InDoubt;
import io.waybill.agent.upload.Phase.Paused;
import io.waybill.agent.upload.Phase.Planned;
import io.waybill.agent.upload.Phase.Sending;
import io.waybill.agent.upload.Phase.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens, in whatever order, a file is never lost between two phases. */
class DecisionWalkTest {

  private static final Map<Class<?>, Set<Class<?>>> LEGAL =
      Map.of(
          Planned.class, Set.of(InDoubt.class, Waiting.class, Ended.class),
          InDoubt.class, Set.of(Sending.class, Paused.class, Waiting.class, Ended.class),
          Sending.class,
              Set.of(InDoubt.class, Paused.class, Waiting.class, Completing.class, Ended.class),
          Completing.class, Set.of(InDoubt.class, Waiting.class, Ended.class),
          Paused.class, Set.of(InDoubt.class, Waiting.class, Ended.class),
          Waiting.class, Set.of(Planned.class, InDoubt.class, Ended.class),
          Ended.class, Set.of());

  private static final List<String> STATUSES =
      List.of(
          "UPLOADING",
          "UPLOADING",
          "INITIATING",
          "PAUSED",
          "COMPLETING",
          "EXPIRED",
          "COMPLETED",
          "ABORTED",
          "FAILED",
          "OF_TOMORROW");

  private static final List<String> CODES =
      List.of(
          "auth.permission_denied",
          "upload.invalid_state",
          "upload.missing_parts",
          "storage.refused",
          "request.too_large");

  private static final List<FileCheck.Finding> FINDINGS =
      List.of(
          PhaseTable.same(0).finding(),
          PhaseTable.same(0).finding(),
          PhaseTable.unreadable(0).finding(),
          PhaseTable.changed(0).finding());

  private final Map<Integer, Effect> unanswered = new LinkedHashMap<>();
  private Instant now = PhaseTable.AT;
  private Course course = Course.of(FileState.PLANNED, null, now);
  private boolean creating = true;
  private Random random = new Random();

  private final Decisions decisions =
      new Decisions(PhaseTable.FILE, UploadSettings.of(4, UploadSettings.Patience.ENDLESS), 17);

  static List<Integer> seeds() {
    List<Integer> seeds = new ArrayList<>();
    for (int n = 0; n < 100; n++) {
      seeds.add(n);
    }
    return seeds;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void a_file_never_leaves_the_legal_phases_and_always_waits_for_what_was_asked(int seed) {
    random = new Random(seed);
    for (int n = 0; n < 200; n++) {
      now = now.plusSeconds(random.nextInt(30));
      happens(anything());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void when_all_is_well_again_it_comes_to_its_end(int seed) {
    random = new Random(seed);
    for (int n = 0; n < random.nextInt(100); n++) {
      happens(anything());
    }
    for (int n = 0; n < 100 && !(course.phase() instanceof Ended); n++) {
      now = now.plusSeconds(30);
      happens(whatIsGood());
    }
    assertThat(course.phase()).isInstanceOf(Ended.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void when_nothing_can_be_now_it_waits_and_says_until_when(int seed) {
    random = new Random(seed);
    int waits = 0;
    for (int n = 0; n < 200; n++) {
      happens(whatIsNotNow());
      now = now.plus(Duration.ofMinutes(10));
      waits += course.phase() instanceof Waiting ? 1 : 0;
    }
    assertThat(waits).isGreaterThan(60);
    assertThat(course.halt()).isInstanceOf(Waiting.class);
  }

  private void happens(Event event) {
    Phase before = course.phase();
    Decision decision = decisions.on(course, event, now);
    course = decision.next();
    if (event instanceof Event.Numbered answer) {
      unanswered.remove(answer.number());
    }
    decision.effects().forEach(this::note);
    Phase after = course.phase();

    assertThat(decisions.on(new Course(before, false, course.past()), event, now))
        .as("a function")
        .isEqualTo(decisions.on(new Course(before, false, course.past()), event, now));
    if (before.getClass() != after.getClass()) {
      assertThat(LEGAL.get(before.getClass())).contains(after.getClass());
    }
    if (!before.equals(after) && after instanceof Waiting waiting) {
      assertThat(waiting.again()).isAfter(now);
    }
    assertThat(isAwaited(after)).as("%s after %s in %s", after, event, before).isTrue();
  }

  private void note(Effect effect) {
    switch (effect) {
      case Effect.Create() -> creating = true;
      case Effect.AskStatus(int n) -> unanswered.put(n, effect);
      case Effect.AskParts(int n) -> unanswered.put(n, effect);
      case Effect.AskExtension(int n) -> unanswered.put(n, effect);
      case Effect.AskAnotherSession(int n) -> unanswered.put(n, effect);
      case Effect.AskComplete(int n) -> unanswered.put(n, effect);
      case Effect.Abandon(int n, String why) -> unanswered.put(n, effect);
      case Effect.Compare(int n) -> unanswered.put(n, effect);
      case Effect.Prove(int n) -> unanswered.put(n, effect);
      case Effect.After(Duration delay, int n) -> unanswered.put(n, effect);
      case Effect.Tell _, Effect.TellHalt _, Effect.TellWhole _, Effect.Save _ -> {}
      case Effect.Lose _, Effect.TakeOver _, Effect.DropUrls _, Effect.CloseFile _ -> {}
      case Effect.End(FileState how, String why) -> assertThat(how.finished()).isTrue();
    }
  }

  /** Whether something is under way that will bring the next event. */
  private boolean isAwaited(Phase phase) {
    return switch (phase) {
      case Planned planned -> creating;
      case InDoubt doubt -> unanswered.containsKey(doubt.number());
      case Sending(int look) -> look == 0 || unanswered.containsKey(look);
      case Completing completing -> unanswered.containsKey(completing.number());
      case Paused(String why, int look, int due) ->
          (look == 0 || unanswered.containsKey(look)) && (due == 0 || unanswered.containsKey(due));
      case Waiting waiting -> unanswered.get(waiting.number()) instanceof Effect.After;
      case Ended ended -> ended.number() == 0 || unanswered.containsKey(ended.number());
    };
  }

  private <T> T any(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private Event anything() {
    return switch (random.nextInt(14)) {
      case 0 -> new Event.Tick();
      case 1 -> new Event.Hold(random.nextBoolean());
      case 2 -> new Event.PartStored();
      case 3 -> new Event.UploadUnknown("404");
      case 4 -> new Event.StoreRefuses("403");
      case 5 -> new Event.AllStored();
      case 6 -> PhaseTable.refused(0, any(CODES.subList(0, 4)));
      case 7 -> new Event.FileIs(0, any(FINDINGS.subList(0, 3)));
      case 8 -> new Event.Due(random.nextInt(1_000)); // of something long over, mostly
      default -> answer(random.nextInt(4) == 0);
    };
  }

  private Event whatIsGood() {
    Event answer = answer(null, "UPLOADING", FINDINGS.getFirst());
    return answer != null
        ? answer
        : course.phase() instanceof Paused ? new Event.Tick() : new Event.AllStored();
  }

  private Event whatIsNotNow() {
    Event answer = answer(CODES.getFirst(), "OF_TOMORROW", FINDINGS.get(2));
    return answer == null ? PhaseTable.refused(0, CODES.getFirst()) : answer;
  }

  private Event answer(boolean refused) {
    Event answer = answer(refused ? any(CODES) : null, any(STATUSES), any(FINDINGS));
    return answer == null ? new Event.Tick() : answer;
  }

  /** The answer to one of the questions; null when there is none. */
  private @Nullable Event answer(
      @Nullable String refused, String status, FileCheck.Finding finding) {
    if (creating && course.phase() instanceof Planned) {
      creating = false;
      return refused == null
          ? new Event.Opened(0, "session")
          : new Event.NotCreated(PhaseTable.error(refused));
    }
    if (unanswered.isEmpty()) {
      return null;
    }
    int number = any(List.copyOf(unanswered.keySet()));
    Event no = refused == null ? null : PhaseTable.refused(number, refused);
    return switch (unanswered.get(number)) {
      case Effect.AskStatus ask -> no != null ? no : PhaseTable.said(number, status);
      case Effect.AskParts ask -> no != null ? no : PhaseTable.listed(number);
      case Effect.AskExtension ask -> no != null ? no : new Event.Extended(number);
      case Effect.AskAnotherSession ask -> no != null ? no : new Event.Opened(number, "new");
      case Effect.AskComplete ask -> no != null ? no : PhaseTable.whole();
      case Effect.Compare look -> new Event.FileIs(number, finding);
      case Effect.Prove look -> new Event.FileIs(number, finding);
      case Effect.After timer -> new Event.Due(number);
      case Effect.Abandon tell -> new Event.Left(number);
      case null, default -> throw new AssertionError(number);
    };
  }
}
