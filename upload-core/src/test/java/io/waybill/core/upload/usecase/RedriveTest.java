package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.World;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The worker's round: one session that cannot be walked does not keep the others from it. */
class RedriveTest {

  private final World world = new World();

  private UUID aborting() {
    UUID session = world.start().sessionId();
    world.store.nextAbort(FaultyStore.unreachable());
    var _ = world.clients.abort(session);
    return session;
  }

  @Test
  void a_defect_in_one_session_is_told_after_the_others_were_walked() {
    UUID poison = aborting();
    world.advance(Duration.ofSeconds(1));
    UUID other = aborting();
    world.store.nextAbort(real ->
        () -> {
          throw new IllegalStateException("a defect");
        });
    assertThatThrownBy(() -> world.use.redrive().handle(10)).hasMessage("a defect");
    assertThat(world.status(poison)).isEqualTo(SessionStatus.ABORTING);
    assertThat(world.status(other)).isEqualTo(SessionStatus.ABORTED);
    value(world.clients.get(poison));
  }
}
