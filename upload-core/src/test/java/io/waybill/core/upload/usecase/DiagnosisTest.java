package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskAnswer;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Why a session stands still: every cause, brought about by what callers, storage and time do. */
class DiagnosisTest {

  @ParameterizedTest
  @EnumSource
  void every_cause_is_told_when_it_is_there(Cause cause) {
    Diagnosis diagnosis = of(cause);
    assertThat(diagnosis.cause()).isEqualTo(cause);
    assertThat(diagnosis.message()).isNotBlank();
    assertThat(diagnosis.nextStep()).isNotBlank();
  }

  private static Diagnosis of(Cause cause) {
    return Objects.requireNonNull(Standstill.of(cause).diagnosis(), "no diagnosis");
  }

  @Test
  void a_pause_names_who_paused_and_why() {
    assertThat(of(Cause.PAUSED).message()).contains("by device").contains("the shift ends");
  }

  @Test
  void a_wrong_part_is_named() {
    assertThat(of(Cause.PART_REFUSED).message()).contains("part 2 ");
  }

  @ParameterizedTest
  @CsvSource({
    "InvalidPart, when no part is on its way",
    "BadDigest, another sum",
    "EntityTooSmall, larger parts",
  })
  void why_storage_does_not_take_the_parts_is_told_with_what_to_do(String word, String next) {
    Standstill.Seen seen = Standstill.ofParts(word);
    Diagnosis diagnosis = Objects.requireNonNull(seen.diagnosis(), "no diagnosis");
    assertThat(diagnosis.cause()).isEqualTo(Cause.PART_REFUSED);
    assertThat(diagnosis.message()).contains(word);
    assertThat(diagnosis.nextStep()).contains(next);
  }

  @Test
  void what_storage_said_when_it_refused_us_is_told() {
    assertThat(of(Cause.STORAGE_REFUSED).message()).contains("AccessDenied");
  }

  @Test
  void missing_parts_are_counted_and_forgotten_once_parts_come() {
    Standstill.Seen seen = Standstill.of(Cause.MISSING_PARTS);
    assertThat(Objects.requireNonNull(seen.diagnosis()).message()).contains("lacked 2 parts");
    seen.world().advance(Duration.ofSeconds(1));
    value(seen.world().clients.presign(seen.session(), 2, 3));
    assertThat(seen.diagnosis()).isNull();
  }

  @Test
  void a_dataset_says_what_the_upload_that_fills_it_says() {
    Standstill.Seen seen = Standstill.of(Cause.PAUSED);
    Standstill.Seen dataset = new Standstill.Seen(seen.world(), seen.session(), true);
    assertThat(dataset.diagnosis()).isNotNull().isEqualTo(seen.diagnosis());
    UUID done = Situation.COMPLETED.arrange(seen.world());
    assertThat(new Standstill.Seen(seen.world(), done, true).diagnosis()).isNull();
  }

  @Test
  void a_task_says_what_its_object_says() {
    Standstill.Seen seen = Standstill.of(Cause.URLS_EXPIRED);
    var owner = seen.world().stored(seen.session()).upload().owner();
    TaskAnswer task =
        value(
            seen.world()
                .use
                .getUploadTask()
                .handle(Registry.robot17(), Registry.PROJECT, owner.taskId()));
    assertThat(task.diagnosis()).isNotNull().isEqualTo(seen.diagnosis());
    assertThat(task.objects().getFirst().diagnosis()).isEqualTo(task.diagnosis());
  }

  @Test
  void while_urls_are_out_nothing_is_the_matter() {
    World world = new World();
    UUID session = world.start().sessionId();
    assertThat(value(world.clients.get(session)).diagnosis()).isNull();
    value(world.clients.presign(session, 1));
    world.advance(Duration.ofMinutes(14));
    assertThat(value(world.clients.get(session)).diagnosis()).isNull();
  }

  @Test
  void what_has_ended_as_somebody_wanted_has_no_diagnosis() {
    World world = new World();
    UUID done = Situation.COMPLETED.arrange(world);
    UUID aborted = Situation.ABORTED.arrange(world);
    world.advance(Standstill.A_WHILE);
    assertThat(value(world.clients.get(done)).diagnosis()).isNull();
    assertThat(world.status(aborted)).isEqualTo(SessionStatus.ABORTED);
    assertThat(value(world.clients.get(aborted)).diagnosis()).isNull();
  }
}
