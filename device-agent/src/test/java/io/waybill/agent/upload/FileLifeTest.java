package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.spool.FileState;
import io.waybill.agent.upload.TestRunContext.Asked;
import io.waybill.wire.Command;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How one file sees that its session lives long enough, with time in the test's hand. */
class FileLifeTest {

  @TempDir Path directory;
  private FileStage stage;

  @BeforeEach
  void open() throws IOException {
    stage = new FileStage(directory);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  private static ErrorBody invalid() {
    return new ErrorBody("request.validation_failed", "too long", Map.of(), false, null);
  }

  @Test
  void an_extension_that_the_policy_has_no_room_for_is_halved_and_then_not_asked_for_again() {
    halfOfItsLifeGone();
    List<Long> asked = new ArrayList<>();
    while (!stage.context.open().isEmpty()) {
      Asked next = stage.context.next();
      asked.add(((Command.ExtendUpload) next.command()).extendBySeconds());
      next.refuse(invalid());
    }
    assertThat(asked).startsWith(86_400L, 43_200L, 21_600L).allMatch(seconds -> seconds >= 60);
    assertThat(stage.context.steps(UploadStep.Warned.class)).hasSize(1);

    FileStage.ends(stage.send(1).getFirst(), FileStage.taken());
    stage.doubt();
    answerWith(stage.context.now().plus(Duration.ofHours(11)));
    stage.file.drive(System.nanoTime(), false);
    assertThat(stage.context.steps(UploadStep.Warned.class)).hasSize(1);
    assertThat(stage.context.open()).noneMatch(Command.ExtendUpload.class::isInstance);
  }

  @Test
  void every_extension_asks_for_the_life_that_the_session_was_born_with() {
    halfOfItsLifeGone();
    Instant until = stage.context.now().plus(Duration.ofHours(35));
    stage.context.next().answer(new Result.Extended(FileStage.SESSION, "UPLOADING", until, null));
    stage.doubt();
    answerWith(until);
    stage.file.drive(System.nanoTime(), false);
    assertThat(stage.context.open()).isEmpty();

    FileStage.ends(stage.send(1).getFirst(), FileStage.taken());
    stage.context.clockGoes(Duration.ofHours(18));
    stage.file.drive(System.nanoTime(), false);
    assertThat(((Command.ExtendUpload) stage.context.next().command()).extendBySeconds())
        .isEqualTo(86_400L);
  }

  @Test
  void a_second_expiry_of_a_session_that_moved_meanwhile_is_survived_like_the_first() {
    for (int n = 0; n < 2; n++) {
      stage.doubt();
      stage.context.next().answer(stage.session("EXPIRED", stage.context.now()));
      assertThat(stage.context.open()).hasSize(1).first().isInstanceOf(Command.ExtendUpload.class);
      stage
          .context
          .next()
          .answer(
              new Result.Extended(
                  FileStage.SESSION, "UPLOADING", stage.context.now().plusSeconds(3600 + n), null));
      stage.answerEverything();
      FileStage.ends(stage.send(1).getFirst(), FileStage.taken());
      stage.context.clockGoes(Duration.ofDays(2));
    }
    assertThat(stage.file.entry().state()).isEqualTo(FileState.OPEN);
  }

  private void halfOfItsLifeGone() {
    FileStage.ends(stage.send(1).getFirst(), FileStage.taken());
    stage.context.clockGoes(Duration.ofHours(13));
    stage.file.drive(System.nanoTime(), false);
  }

  private void answerWith(Instant until) {
    while (!stage.context.open().isEmpty()) {
      Asked next = stage.context.next();
      switch (next.command()) {
        case Command.GetStatus c ->
            next.answer(
                new Result.Session(
                    FileStage.SESSION,
                    null,
                    null,
                    null,
                    null,
                    "UPLOADING",
                    false,
                    null,
                    null,
                    null,
                    FileStage.PART * FileStage.PARTS,
                    FileStage.PART,
                    FileStage.PARTS,
                    1,
                    FileStage.PARTS - 1,
                    null,
                    null,
                    null,
                    until,
                    Instant.parse("2026-11-26T12:00:00Z"),
                    stage.context.now(),
                    null,
                    null));
        case Command.ListParts c -> next.answer(FileStage.stored("1"));
        default -> throw new AssertionError(next.command());
      }
    }
  }
}
