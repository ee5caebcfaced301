package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileStamp;
import io.waybill.agent.spool.FileState;
import io.waybill.agent.spool.Manifest;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.upload.UploadEnd.Outcome;
import io.waybill.wire.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the agent says of a file is true of the bytes that it sent: nothing but bytes counts, and
 * all of them do.
 */
@Timeout(60)
class TrueBytesTest {

  @TempDir Path directory;
  private RunStage stage;

  @BeforeEach
  void stage() throws IOException {
    stage = new RunStage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private FileState end(UploadEnd end) {
    return end.manifest().files().getFirst().state();
  }

  /** Writes into one part, and puts the times back: size, time and inode are as they were. */
  private void writeSecretly(int part) {
    try {
      FileTime before = Files.getLastModifiedTime(stage.file);
      try (FileChannel file = FileChannel.open(stage.file, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5}), (part - 1L) * RunStage.PART);
      }
      FileStamp stamp = FileStamp.of(stage.file);
      Files.setLastModifiedTime(stage.file, before);
      assertThat(FileStamp.of(stage.file).inode()).isEqualTo(stamp.inode());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a disk that was mounted elsewhere: other times, another inode, the same bytes. */
  private void putTheSameBytesInItsPlace() {
    try {
      Path copy = Files.copy(stage.file, stage.file.resolveSibling("copy"));
      Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
      Files.move(copy, stage.file, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void whenStored(int part, Runnable what) {
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Stored stored && stored.part() == part) {
            what.run();
          }
        };
  }

  @Test
  void a_part_that_was_sent_is_never_sent_again_with_other_bytes() throws Exception {
    stage.store.script((session, part, attempt) -> {
      if (part == 3 && attempt == 1) {
        return new Fate.TakeAndReset(); // stored, and nobody knows
      }
      return Fate.TAKE;
    });
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Again again && again.part() == 3) {
            writeSecretly(3);
          }
        };

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(end.manifest().files().getFirst().reason()).contains("part 3", "other bytes");
    assertThat(stage.store.parts(stage.onlySession()))
        .hasEntrySatisfying(
            3,
            kept ->
                assertThat(kept.bytes())
                    .isEqualTo(
                        Arrays.copyOfRange(stage.bytes, 2 * RunStage.PART, 3 * RunStage.PART)));
  }

  @Test
  void a_file_of_two_states_is_never_completed_without_a_promise() throws Exception {
    whenStored(RunStage.PARTS, () -> writeSecretly(1));

    UploadEnd end = stage.run(stage.plan(false));

    assertThat(end.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(end.manifest().files().getFirst().reason()).contains("part 1", "other bytes");
    assertThat(stage.server.asked(Command.CompleteUpload.class)).isEmpty();
  }

  @Test
  void other_bytes_than_those_whose_checksum_was_promised_are_never_completed() throws Exception {
    Manifest planned = stage.plan(true);
    writeSecretly(4);

    UploadEnd end = stage.run(planned);

    assertThat(end.outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(end.manifest().files().getFirst().reason()).contains("promised");
    assertThat(stage.server.asked(Command.CompleteUpload.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_file_that_was_secretly_written_to_between_runs_is_never_completed(boolean checksum)
      throws Exception {
    Manifest stopped = stage.stopAfter(5, checksum);
    int unsent = RunStage.PARTS;
    writeSecretly(checksum ? unsent : 1);

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.CHANGED);
    assertThat(stage.server.asked(Command.CompleteUpload.class)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void the_same_bytes_under_another_inode_and_time_go_on_where_they_were(boolean checksum)
      throws Exception {
    Manifest stopped = stage.stopAfter(5, checksum);
    int stored = stage.store.parts(stage.onlySession()).size();
    int before = stage.attempts();
    putTheSameBytesInItsPlace();

    UploadEnd end = stage.run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(stage.attempts()).isEqualTo(before + RunStage.PARTS - stored);
    assertThat(end.manifest().files().getFirst().stamp()).isEqualTo(FileStamp.of(stage.file));
  }

  @Test
  void a_file_that_only_looks_new_when_all_is_sent_is_completed() throws Exception {
    whenStored(RunStage.PARTS, this::putTheSameBytesInItsPlace);

    assertThat(stage.run(stage.plan(false)).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_file_of_another_size_is_another_file() throws Exception {
    Manifest stopped = stage.stopAfter(3, false);
    Files.write(stage.file, new byte[] {1}, StandardOpenOption.APPEND);

    UploadEnd end = stage.run(stopped);

    assertThat(end(end)).isEqualTo(FileState.CHANGED);
    assertThat(end.manifest().files().getFirst().reason()).contains("its size went from");
  }

  @Test
  void a_file_that_is_not_there_waits_and_goes_on_when_its_disk_is_back() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    stage.patience = new UploadSettings.Patience(RunStage.quickly(), RunStage.LONG, RunStage.LONG);
    Path elsewhere = Files.move(stage.file, stage.file.resolveSibling("unmounted"));
    stage.listener =
        step -> {
          stage.steps.add(step);
          if (step instanceof UploadStep.Waiting) {
            mount(elsewhere);
          }
        };

    UploadEnd end = stage.run(stopped);

    assertThat(stage.steps(UploadStep.Waiting.class))
        .first()
        .satisfies(w -> {
          assertThat(w.reason()).contains("cannot be read now", "is its disk mounted?");
          assertThat(w.nextTry()).isNotNull();
        });
    assertThat(end.outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
  }

  private void mount(Path elsewhere) {
    try {
      if (Files.exists(elsewhere)) {
        Files.move(elsewhere, stage.file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_file_that_stays_away_is_kept_with_its_reason() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    Path elsewhere = Files.move(stage.file, stage.file.resolveSibling("unmounted"));

    UploadEnd end = stage.run(stopped);

    assertThat(end.outcome()).isEqualTo(Outcome.UNREACHABLE);
    assertThat(end.unreachable()).contains("run 42.mcap", "cannot be read now");
    assertThat(end(end)).isEqualTo(FileState.OPEN);
    Manifest kept = stage.spool.read(stopped.uploadId()).orElseThrow();
    assertThat(kept.files().getFirst().waiting())
        .isNotNull()
        .satisfies(w -> assertThat(w.reason()).contains("cannot be read now"));
    Files.move(elsewhere, stage.file);
    assertThat(stage.run(kept).outcome()).isEqualTo(Outcome.DONE);
  }

  @Test
  void a_part_of_which_nobody_knows_what_was_sent_is_sent_again() throws Exception {
    Manifest stopped = stage.stopAfter(5, false);
    Files.delete(
        stage.spool.pathOf(stopped.uploadId()).resolveSibling(stopped.uploadId() + ".sums"));

    assertThat(stage.run(stopped).outcome()).isEqualTo(Outcome.DONE);
    assertThat(stage.store.object(stage.onlySession())).isEqualTo(stage.bytes);
    assertThat(stage.steps(UploadStep.Warned.class))
        .anySatisfy(w -> assertThat(w.text()).contains("sent again"));
  }
}
