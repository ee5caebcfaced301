package io.waybill.agent.upload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.transfer.PutOutcome;
import io.waybill.agent.upload.RunContext.Sending;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one file does about a session in doubt, answer by answer, with time in the test's hand. */
class FileInDoubtTest {

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

  private static final PutOutcome NO_UPLOAD = new PutOutcome.Answered(404, "NoSuchUpload", null);
  private static final PutOutcome FORBIDDEN = new PutOutcome.Answered(403, "AccessDenied", null);

  @Test
  void a_session_in_doubt_is_asked_for_once_and_listed_when_its_parts_are_in() {
    List<Sending> sendings = stage.send(4);
    FileStage.ends(sendings.get(0), NO_UPLOAD);

    stage.context.next().answer(stage.session("UPLOADING", null));
    for (int n = 0; n < 50; n++) {
      stage.context.pass(Duration.ofSeconds(1));
    }
    assertThat(stage.context.open()).isEmpty();

    sendings.subList(1, 4).forEach(sending -> FileStage.ends(sending, FileStage.taken()));
    stage.context.pass(Duration.ofSeconds(1));
    assertThat(stage.context.open()).hasSize(1).first().isInstanceOf(Command.ListParts.class);
    stage.context.next().answer(FileStage.stored("2-4"));
    assertThat(stage.file.course().sends()).isTrue();
    assertThat(stage.file.storedParts()).isEqualTo(3);
  }

  @Test
  void many_parts_that_the_store_does_not_know_are_one_doubt() {
    stage.send(4).forEach(sending -> FileStage.ends(sending, NO_UPLOAD));

    stage.context.next().answer(stage.session("UPLOADING", null));
    stage.context.pass(Duration.ZERO);
    stage.context.next().answer(FileStage.stored(""));
    assertThat(stage.file.course().sends()).isTrue();

    stage.context.pass(Duration.ofHours(1));
    assertThat(stage.context.open()).isEmpty();
    assertThat(stage.file.course().sends()).isTrue();
  }

  @Test
  void a_completion_elsewhere_is_looked_after_by_one_look_at_a_time() {
    stage.doubt();
    for (int n = 0; n < 5; n++) {
      stage.context.next().answer(stage.session("COMPLETING", null));
      stage.file.drive(System.nanoTime() + Duration.ofMinutes(n + 1).toNanos(), false);
    }
    stage.context.next().answer(stage.session("COMPLETING", null));

    stage.context.pass(Duration.ofHours(1));
    assertThat(stage.context.open()).hasSize(1);
  }

  @Test
  void nothing_ends_the_wait_after_three_refused_urls_before_its_time() {
    for (int n = 0; n < 3; n++) {
      if (n == 2) {
        stage.file.drive(FileStage.later(), false); // a look is on its way
      }
      Sending first = stage.send(1).getFirst();
      assertThat(first.part()).isEqualTo(1);
      FileStage.ends(first, FORBIDDEN);
      stage.file.urls().add(FileStage.urls(List.of(1)), Map.of(), System.nanoTime());
    }
    assertThat(stage.context.steps(UploadStep.Waiting.class)).hasSize(1);

    stage.answerEverything();
    assertThat(stage.file.course().sends()).isFalse();
    assertThat(stage.file.waiting(true))
        .isNotNull()
        .satisfies(w -> assertThat(w.reason()).contains("part 1", "403"));

    stage.context.pass(Duration.ofSeconds(59));
    stage.answerEverything();
    assertThat(stage.file.course().sends()).isFalse();

    stage.context.pass(Duration.ofSeconds(60));
    stage.answerEverything();
    assertThat(stage.file.course().sends()).isTrue();
  }
}
