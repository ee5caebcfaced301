package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.transfer.Backoff;
import io.waybill.agent.upload.Phase.Cause;
import io.waybill.agent.upload.Phase.Ended;
import io.waybill.agent.upload.Phase.Row;
import io.waybill.agent.upload.Phase.Waiting;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What every event makes of a file in one phase; each row of the table reads as a sentence. */
abstract class PhaseTable {

  static final Instant AT = Instant.parse("2026-11-27T12:00:00Z");

  /** The number of what was asked last, and of what will be asked next. */
  static final int ASKED = 7;

  static final int NEXT = 8;

  static final Duration WAIT = Duration.ofSeconds(2);
  static final Effect SAVE = new Effect.Save();
  static final Effect TELL_HALT = new Effect.TellHalt();
  static final Effect DROP_URLS = new Effect.DropUrls();

  private static final UploadSettings SETTINGS =
      UploadSettings.of(
          4,
          new UploadSettings.Patience(
              new Backoff(WAIT, WAIT), Duration.ofDays(1), Duration.ofDays(1)));

  static final FileEntry FILE =
      FileEntry.planned("/data/run.mcap", "run.mcap", new FileStamp(8, 0, 0), null);

  final Decisions decisions = new Decisions(FILE, SETTINGS, 17);

  /** One row. */
  record RowOf(String sentence, Phase from, Event event, Phase to, List<Effect> effects) {}

  private final List<RowOf> rows = new ArrayList<>();

  abstract void table();

  final void row(String sentence, Phase from, Event event, Phase to, Effect... effects) {
    rows.add(new RowOf(sentence, from, event, to, List.of(effects)));
  }

  final void stays(String sentence, Phase from, Event... events) {
    for (Event event : events) {
      row(sentence + ": " + event.getClass().getSimpleName(), from, event, from);
    }
  }

  static Course course(Phase phase) {
    return new Course(phase, false, new Course.Past(ASKED, 0, 0, true, AT));
  }

  final Decision on(Phase phase, Event event) {
    return decisions.on(course(phase), event, AT);
  }

  @TestFactory
  Stream<DynamicTest> every_event_makes_of_it_what_the_table_says() {
    table();
    return rows.stream()
        .map(row ->
            DynamicTest.dynamicTest(
                row.sentence(),
                () -> {
                  Decision decision = on(row.from(), row.event());
                  assertThat(decision.next().phase()).isEqualTo(row.to());
                  assertThat(decision.effects()).isEqualTo(row.effects());
                }));
  }

  @Test
  void no_event_is_missing_from_the_table() {
    table();
    Set<Class<?>> seen = new HashSet<>();
    rows.forEach(row -> seen.add(row.event().getClass()));
    assertThat(seen).containsAll(kinds(Event.class).toList());
  }

  static Stream<Class<?>> kinds(Class<?> sealed) {
    return sealed.isSealed()
        ? Arrays.stream(sealed.getPermittedSubclasses()).flatMap(PhaseTable::kinds)
        : Stream.of(sealed);
  }

  // What rows are made of

  static ErrorBody error(String code) {
    return new ErrorBody(code, "as told", Map.of(), false, null);
  }

  static Event.Refused refused(int number, String code) {
    return new Event.Refused(number, error(code));
  }

  static Event.StatusSaid said(int number, String status) {
    return new Event.StatusSaid(number, session(status, AT.plusSeconds(60), null));
  }

  static Result.Session session(String status, Instant until, Result.@Nullable LastError error) {
    return new Result.Session(
        new UUID(1, 1),
        null,
        null,
        null,
        null,
        status,
        false,
        "bucket",
        "key",
        "run.mcap",
        8,
        1,
        8,
        0,
        8,
        null,
        null,
        null,
        until,
        AT,
        AT,
        error,
        null);
  }

  static Event.FileIs same(int number) {
    return new Event.FileIs(number, new FileCheck.Finding.Same(new FileStamp(8, 0, 0)));
  }

  static Event.FileIs changed(int number) {
    return new Event.FileIs(number, new FileCheck.Finding.Changed("it grew"));
  }

  static Event.FileIs unreadable(int number) {
    return new Event.FileIs(number, new FileCheck.Finding.Unreadable("no disk"));
  }

  static Event.Listed listed(int number) {
    return new Event.Listed(number, new BitSet(), Duration.ZERO);
  }

  static Event.Whole whole() {
    return new Event.Whole("bucket", "key", "etag", Duration.ZERO);
  }

  static Waiting waiting(Cause cause, String why, int number) {
    return new Waiting(cause, why, AT.plus(WAIT), new Row(AT, 1), number);
  }

  static Effect[] waits(int number) {
    return new Effect[] {TELL_HALT, SAVE, new Effect.After(WAIT, number)};
  }

  static Effect[] waits(Effect first, int number) {
    return new Effect[] {first, TELL_HALT, SAVE, new Effect.After(WAIT, number)};
  }

  static final String AS_TOLD = ": as told";
  static final String CHANGED = "/data/run.mcap changed since the upload began: it grew";

  static Ended ended(FileState how, @Nullable String why) {
    return new Ended(how, why, 0);
  }

  static Effect[] ends(FileState how, String why) {
    return new Effect[] {
      new Effect.End(how, why), new Effect.Tell(new UploadStep.Ended("run.mcap", how, why))
    };
  }

  /** The rows of a file that has become another one, and of what ends any phase alike. */
  final void endings(Phase from) {
    row(
        "what nothing can mend ends it",
        from,
        new Event.Hopeless("no way"),
        ended(FileState.REFUSED, "no way"),
        ends(FileState.REFUSED, "no way"));
    row(
        "a changed file ends it, and the server is told",
        from,
        changed(0),
        new Ended(FileState.CHANGED, CHANGED, NEXT),
        new Effect.End(FileState.CHANGED, CHANGED),
        new Effect.Tell(new UploadStep.Ended("run.mcap", FileState.CHANGED, CHANGED)),
        new Effect.Abandon(NEXT, "the local file changed"));
    row(
        "a whole object ends it, whoever completed it",
        from,
        whole(),
        ended(FileState.DONE, null),
        new Effect.End(FileState.DONE, null),
        new Effect.TellWhole(whole()));
  }
}
