package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.SentPart;
import io.waybill.agent.spool.ServerSide;
import io.waybill.agent.transfer.PutOutcome;
import io.waybill.agent.upload.RunContext.Sending;
import io.waybill.agent.upload.TestRunContext.Asked;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one file does about trouble, answer by answer, with time in the test's hand. */
class FileRunTest {

  private static final int PART = 1000;
  private static final int PARTS = 8;
  private static final UUID SESSION = new UUID(1, 1);
  private static final PutOutcome NO_UPLOAD = new PutOutcome.Answered(404, "NoSuchUpload", null);
  private static final PutOutcome FORBIDDEN = new PutOutcome.Answered(403, "AccessDenied", null);

  @TempDir Path directory;
  private TestRunContext context;
  private FileRun file;

  @BeforeEach
  void open() throws IOException {
    context = new TestRunContext(directory.resolve("state"));
    Path path = Files.write(directory.resolve("run.mcap"), new byte[PART * PARTS]);
    file =
        new FileRun(
            context,
            FileEntry.planned(path.toString(), "run.mcap", FileStamp.of(path), null),
            "key-retry-0",
            new Random(17));
    file.talk().opened(new UUID(0, 3).toString(), object(), context.now(), Duration.ZERO);
  }

  @AfterEach
  void close() {
    file.close();
  }

  private Result.UploadObject object() {
    return new Result.UploadObject(
        new UUID(1, 2),
        null,
        SESSION,
        "PENDING",
        "run.mcap",
        "bucket",
        "key",
        PART * PARTS,
        PART,
        PARTS,
        context.now().plus(Duration.ofDays(1)),
        null,
        null,
        urls(IntStream.rangeClosed(1, PARTS).boxed().toList()));
  }

  private static Result.Presigned urls(List<Integer> parts) {
    return new Result.Presigned(
        SESSION,
        "PUT",
        null,
        900L,
        List.of(),
        "http://127.0.0.1/b/k?partNumber={part_number}&X-Amz-Signature={signature}",
        PART,
        PART * PARTS,
        List.of(),
        parts.stream().collect(Collectors.toMap(part -> part, part -> "s" + part)),
        null);
  }

  private Result.Session session(String status, @Nullable Instant until) {
    return new Result.Session(
        SESSION,
        null,
        null,
        null,
        null,
        status,
        "bucket",
        "key",
        "run.mcap",
        PART * PARTS,
        PART,
        PARTS,
        0,
        PARTS,
        null,
        null,
        until,
        context.now(),
        context.now(),
        null);
  }

  private static Result.PartList stored(String ranges) {
    return new Result.PartList(SESSION, "reconcile", PARTS, 0, List.of(), List.of(), ranges, null);
  }

  private static ErrorBody invalid() {
    return new ErrorBody("request.validation_failed", "too long", Map.of(), false, null);
  }

  /** Long after everything that was put off, as parts see it. */
  private static long later() {
    return System.nanoTime() + Duration.ofMinutes(1).toNanos();
  }

  private List<Sending> send(int parts) {
    List<Sending> sendings = new ArrayList<>();
    for (int n = 0; n < parts; n++) {
      assertThat(file.sendNext(later())).isTrue();
      sendings.add(context.nextSending());
    }
    return sendings;
  }

  /** What the wire would have asked before the last piece. */
  private static void ends(Sending sending, PutOutcome outcome) {
    sending.seal().mayEnd(ZEROS);
    sending.heard().outcome(outcome, Duration.ZERO);
  }

  private static final int ZEROS = zeros();

  private static int zeros() {
    CRC32C sum = new CRC32C();
    sum.update(new byte[PART]);
    return (int) sum.getValue();
  }

  private static PutOutcome taken() {
    return new PutOutcome.Stored("\"e\"");
  }

  @Test
  void a_session_in_doubt_is_asked_for_once_and_listed_when_its_parts_are_in() {
    List<Sending> sendings = send(4);
    ends(sendings.get(0), NO_UPLOAD);

    context.next().answer(session("UPLOADING", null));
    for (int n = 0; n < 50; n++) {
      context.pass(Duration.ofSeconds(1));
    }
    assertThat(context.open()).isEmpty();

    sendings.subList(1, 4).forEach(sending -> ends(sending, taken()));
    context.pass(Duration.ofSeconds(1));
    assertThat(context.open()).hasSize(1).first().isInstanceOf(Command.ListParts.class);
    context.next().answer(stored("2-4"));
    assertThat(file.course().moving()).isTrue();
    assertThat(file.storedParts()).isEqualTo(3);
  }

  @Test
  void many_parts_that_the_store_does_not_know_are_one_doubt() {
    send(4).forEach(sending -> ends(sending, NO_UPLOAD));

    context.next().answer(session("UPLOADING", null));
    context.pass(Duration.ZERO);
    context.next().answer(stored(""));
    assertThat(file.course().moving()).isTrue();

    context.pass(Duration.ofHours(1));
    assertThat(context.open()).isEmpty();
    assertThat(file.course().moving()).isTrue();
  }

  @Test
  void a_completion_elsewhere_is_looked_after_by_one_look_at_a_time() {
    file.talk().askStatus();
    for (int n = 0; n < 5; n++) {
      context.next().answer(session("COMPLETING", null));
      file.drive(System.nanoTime() + Duration.ofMinutes(n + 1).toNanos(), false);
    }
    context.next().answer(session("COMPLETING", null));

    context.pass(Duration.ofHours(1));
    assertThat(context.open()).hasSize(1);
  }

  @Test
  void nothing_ends_the_wait_after_three_refused_urls_before_its_time() {
    for (int n = 0; n < 3; n++) {
      if (n == 2) {
        file.drive(later(), false); // a look is on its way
      }
      Sending first = send(1).getFirst();
      assertThat(first.part()).isEqualTo(1);
      ends(first, FORBIDDEN);
      file.urls().add(urls(List.of(1)), System.nanoTime());
    }
    assertThat(context.steps(UploadStep.Waiting.class)).hasSize(1);

    answerEverything();
    assertThat(file.course().moving()).isFalse();
    assertThat(file.waiting(true))
        .isNotNull()
        .satisfies(w -> assertThat(w.reason()).contains("part 1", "403"));

    context.pass(Duration.ofSeconds(59));
    answerEverything();
    assertThat(file.course().moving()).isFalse();

    context.pass(Duration.ofSeconds(60));
    answerEverything();
    assertThat(file.course().moving()).isTrue();
  }

  private void answerEverything() {
    while (!context.open().isEmpty()) {
      Asked next = context.next();
      switch (next.command()) {
        case Command.GetStatus c -> next.answer(session("UPLOADING", null));
        case Command.ListParts c -> next.answer(stored(""));
        case Command.PresignParts c -> next.answer(urls(List.of(1)));
        default -> throw new AssertionError(next.command());
      }
    }
  }

  @Test
  void an_extension_that_the_policy_has_no_room_for_is_halved_and_then_not_asked_for_again() {
    halfOfItsLifeGone();
    List<Long> asked = new ArrayList<>();
    while (!context.open().isEmpty()) {
      Asked next = context.next();
      asked.add(((Command.ExtendUpload) next.command()).extendBySeconds());
      next.refuse(invalid());
    }
    assertThat(asked).startsWith(86_400L, 43_200L, 21_600L).allMatch(seconds -> seconds >= 60);
    assertThat(context.steps(UploadStep.Warned.class)).hasSize(1);

    ends(send(1).getFirst(), taken());
    file.talk().askStatus();
    answerWith(context.now().plus(Duration.ofHours(11)));
    file.drive(System.nanoTime(), false);
    assertThat(context.steps(UploadStep.Warned.class)).hasSize(1);
    assertThat(context.open()).noneMatch(Command.ExtendUpload.class::isInstance);
  }

  @Test
  void every_extension_asks_for_the_life_that_the_session_was_born_with() {
    halfOfItsLifeGone();
    Instant until = context.now().plus(Duration.ofHours(35));
    context.next().answer(new Result.Extended(SESSION, "UPLOADING", until, null));
    file.talk().askStatus();
    answerWith(until);
    file.drive(System.nanoTime(), false);
    assertThat(context.open()).isEmpty();

    ends(send(1).getFirst(), taken());
    context.clockGoes(Duration.ofHours(18));
    file.drive(System.nanoTime(), false);
    assertThat(((Command.ExtendUpload) context.next().command()).extendBySeconds())
        .isEqualTo(86_400L);
  }

  private void halfOfItsLifeGone() {
    ends(send(1).getFirst(), taken());
    context.clockGoes(Duration.ofHours(13));
    file.drive(System.nanoTime(), false);
  }

  private void answerWith(Instant until) {
    while (!context.open().isEmpty()) {
      Asked next = context.next();
      switch (next.command()) {
        case Command.GetStatus c ->
            next.answer(
                new Result.Session(
                    SESSION,
                    null,
                    null,
                    null,
                    null,
                    "UPLOADING",
                    null,
                    null,
                    null,
                    PART * PARTS,
                    PART,
                    PARTS,
                    1,
                    PARTS - 1,
                    null,
                    null,
                    until,
                    Instant.parse("2026-11-26T12:00:00Z"),
                    context.now(),
                    null));
        case Command.ListParts c -> next.answer(stored("1"));
        default -> throw new AssertionError(next.command());
      }
    }
  }

  @Test
  void a_second_expiry_of_a_session_that_moved_meanwhile_is_survived_like_the_first() {
    for (int n = 0; n < 2; n++) {
      file.talk().askStatus();
      context.next().answer(session("EXPIRED", context.now()));
      assertThat(context.open()).hasSize(1).first().isInstanceOf(Command.ExtendUpload.class);
      context
          .next()
          .answer(
              new Result.Extended(SESSION, "UPLOADING", context.now().plusSeconds(3600 + n), null));
      answerEverything();
      ends(send(1).getFirst(), taken());
      context.clockGoes(Duration.ofDays(2));
    }
    assertThat(file.entry().state()).isEqualTo(FileState.OPEN);
  }

  @Test
  void asking_a_file_how_it_is_copies_no_list_of_its_parts() throws IOException {
    int parts = 10_000;
    Path path = directory.resolve("long.mcap");
    try (var sparse = new java.io.RandomAccessFile(path.toFile(), "rw")) {
      sparse.setLength((long) PART * parts);
    }
    ServerSide server =
        new ServerSide(
            new UUID(1, 2).toString(), SESSION.toString(), null, "bucket", "key", PART, parts);
    FileEntry entry =
        FileEntry.planned(path.toString(), "long.mcap", FileStamp.of(path), null)
            .opened(server)
            .withSent(
                IntStream.rangeClosed(1, 9_500)
                    .mapToObj(part -> new SentPart(part, "\"e\"", true))
                    .toList());
    FileRun longRun = new FileRun(context, entry, "key-retry-0", new Random(17));
    longRun.recall();
    long[] sum = {0};
    Runnable asked =
        () ->
            sum[0] +=
                longRun.storedBytes()
                    + longRun.storedParts()
                    + longRun.server().partCount()
                    + longRun.entry().retries()
                    + (longRun.waiting(true) == null ? 0 : 1)
                    + (longRun.open() && !longRun.ended() ? 1 : 0);
    asked.run();

    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int n = 0; n < 1_000; n++) {
      asked.run();
    }
    assertThat((threads.getCurrentThreadAllocatedBytes() - before) / 1_000).isLessThan(256);
    assertThat(longRun.snapshot().sent()).hasSize(9_500);
  }
}
