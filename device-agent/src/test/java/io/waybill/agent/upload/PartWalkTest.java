package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.transfer.PutOutcome;
import io.waybill.agent.upload.RunContext.Sending;
import io.waybill.agent.upload.TestRunContext.Asked;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the store and the server answer, a part that is known to be stored is not sent again.
 */
class PartWalkTest {

  private static final List<PutOutcome> TROUBLE =
      List.of(
          new PutOutcome.Unreached("no road"),
          new PutOutcome.Unknown("reset"),
          new PutOutcome.Answered(503, "SlowDown", null),
          new PutOutcome.Answered(404, "NoSuchUpload", null),
          new PutOutcome.Answered(403, "AccessDenied", null),
          new PutOutcome.Unreadable("a bad block"));

  private static final List<String> CODES =
      List.of("auth.permission_denied", "upload.invalid_state", "storage.refused");

  @TempDir Path directory;
  private final List<Sending> underWay = new ArrayList<>();
  private final Set<Integer> inTheStore = new TreeSet<>();
  private final Set<Integer> confirmed = new TreeSet<>();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void no_confirmed_part_is_sent_again_and_the_file_arrives(int seed) throws IOException {
    Random random = new Random(seed);
    try (FileStage stage = new FileStage(directory)) {
      for (int n = 0; n < 300 && !stage.file.ended(); n++) {
        step(stage, random, random.nextInt(3) == 0, n);
      }
      for (int n = 300; n < 3_000 && !stage.file.ended(); n++) {
        step(stage, random, false, n);
      }
      assertThat(stage.file.entry().state())
          .as("%s", stage.file.course())
          .isEqualTo(FileState.DONE);
      assertThat(inTheStore).hasSize(FileStage.PARTS);
    }
  }

  private void step(FileStage stage, Random random, boolean trouble, int n) {
    long now = FileStage.later() + Duration.ofSeconds(n).toNanos();
    switch (random.nextInt(5)) {
      case 0 -> stage.file.drive(now, false);
      case 1 -> send(stage, now);
      case 2 -> arrive(random, trouble);
      case 3 -> answer(stage, random, trouble);
      default -> stage.context.pass(Duration.ofMinutes(random.nextInt(7)));
    }
  }

  private void send(FileStage stage, long now) {
    if (underWay.size() < 4 && stage.file.sendNext(now)) {
      Sending sending = stage.context.nextSending();
      assertThat(confirmed).doesNotContain(sending.part());
      underWay.add(sending);
    }
  }

  private void arrive(Random random, boolean trouble) {
    if (underWay.isEmpty()) {
      return;
    }
    Sending sending = underWay.remove(random.nextInt(underWay.size()));
    if (!trouble) {
      inTheStore.add(sending.part());
      confirmed.add(sending.part());
      FileStage.ends(sending, FileStage.taken());
      return;
    }
    PutOutcome outcome = TROUBLE.get(random.nextInt(TROUBLE.size()));
    if (outcome instanceof PutOutcome.Unknown && random.nextBoolean()) {
      inTheStore.add(sending.part()); // and nobody knows
    }
    FileStage.ends(sending, outcome);
  }

  private void answer(FileStage stage, Random random, boolean trouble) {
    if (stage.context.open().isEmpty()) {
      return;
    }
    Asked next = stage.context.next();
    if (trouble) {
      String code = CODES.get(random.nextInt(CODES.size()));
      next.refuse(new ErrorBody(code, "as told", Map.of(), false, null));
      return;
    }
    switch (next.command()) {
      case Command.GetStatus c ->
          next.answer(stage.session(random.nextInt(6) == 0 ? "PAUSED" : "UPLOADING", null));
      case Command.ListParts c -> {
        assertThat(underWay).as("a list counts only when no part may arrive").isEmpty();
        confirmed.addAll(inTheStore);
        next.answer(
            FileStage.stored(
                inTheStore.stream().map(String::valueOf).collect(Collectors.joining(","))));
      }
      case Command.PresignParts c -> next.answer(FileStage.urls(List.copyOf(c.partNumbers())));
      case Command.AcknowledgePart c ->
          next.answer(
              new Result.Acknowledged(FileStage.SESSION, c.parts().size(), inTheStore.size()));
      case Command.CompleteUpload c -> {
        assertThat(inTheStore).hasSize(FileStage.PARTS);
        next.answer(
            new Result.Completed(
                FileStage.SESSION,
                "COMPLETED",
                "bucket",
                "key",
                (long) FileStage.PART * FileStage.PARTS,
                "\"whole\"",
                stage.context.now(),
                null,
                List.of()));
      }
      default -> throw new AssertionError(next.command());
    }
  }
}
