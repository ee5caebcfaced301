package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.diagnosis.Cause;
import io.waybill.core.diagnosis.Diagnosis;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
