package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileEntry;
import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.transfer.PutOutcome;
import io.waybill.agent.upload.RunContext.Sending;
import io.waybill.agent.upload.TestRunContext.Asked;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
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

/** One file with a session of eight parts, to which nothing happens but by the test. */
final class FileStage implements AutoCloseable {

  static final int PART = 1000;
  static final int PARTS = 8;
  static final UUID SESSION = new UUID(1, 1);

  final TestRunContext context;
  final FileRun file;

  FileStage(Path directory) throws IOException {
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

  @Override
  public void close() {
    file.close();
  }

  Result.UploadObject object() {
    return new Result.UploadObject(
        new UUID(1, 2),
        null,
        SESSION,
        "PENDING",
        false,
        "run.mcap",
        "bucket",
        "key",
        PART * PARTS,
        PART,
        PARTS,
        null,
        context.now().plus(Duration.ofDays(1)),
        null,
        null,
        urls(IntStream.rangeClosed(1, PARTS).boxed().toList()));
  }

  static Result.Presigned urls(List<Integer> parts) {
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

  Result.Session session(String status, @Nullable Instant until) {
    return new Result.Session(
        SESSION,
        null,
        null,
        null,
        null,
        status,
        false,
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
        null,
        until,
        context.now(),
        context.now(),
        null,
        null);
  }

  static Result.PartList stored(String ranges) {
    return new Result.PartList(SESSION, "reconcile", PARTS, 0, List.of(), List.of(), ranges, null);
  }

  /** The server says of some command that the session is not what we think. */
  void doubt() {
    file.happened(
        new Event.Refused(
            0, new ErrorBody("upload.invalid_state", "not now", Map.of(), false, null)));
  }

  /** Long after everything that was put off, as parts see it. */
  static long later() {
    return System.nanoTime() + Duration.ofMinutes(1).toNanos();
  }

  List<Sending> send(int parts) {
    List<Sending> sendings = new ArrayList<>();
    for (int n = 0; n < parts; n++) {
      assertThat(file.sendNext(later())).isTrue();
      sendings.add(context.nextSending());
    }
    return sendings;
  }

  /** What the wire would have asked before the last piece. */
  static void ends(Sending sending, PutOutcome outcome) {
    sending.seal().mayEnd(ZEROS);
    sending.heard().outcome(outcome, Duration.ZERO);
  }

  private static final int ZEROS = zeros();

  private static int zeros() {
    CRC32C sum = new CRC32C();
    sum.update(new byte[PART]);
    return (int) sum.getValue();
  }

  static PutOutcome taken() {
    return new PutOutcome.Stored("\"e\"");
  }

  void answerEverything() {
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
}
