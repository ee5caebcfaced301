package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.World;
import io.waybill.core.port.ObjectStore.CompleteOutcome;
import io.waybill.core.port.ObjectStore.ListOutcome;
import io.waybill.core.upload.SessionStatus;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Only storage's few definite words end a completion: whatever else it says can be put right. */
class UnclearAnswersTest {

  private static final CompleteOutcome LOST = new CompleteOutcome.Unknown("Timeout");

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  @Test
  void a_listing_refused_for_an_operator_s_mistake_loses_no_upload() {
    world.putAll(session);
    world.store.nextList(real -> () -> new ListOutcome.Refused("InvalidAccessKeyId", "no key"));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    value(world.clients.complete(session));
  }

  @Test
  void a_listing_that_is_refused_does_not_hide_an_earlier_success() {
    world.putAll(session);
    world.store.nextComplete(FaultyStore.answerLost(LOST));
    world.store.nextHead(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.store.nextList(real -> () -> new ListOutcome.Refused("SignatureDoesNotMatch", "no"));
    value(world.clients.complete(session));
  }

  @Test
  void a_listing_that_is_forbidden_is_a_definite_no() {
    world.putAll(session);
    world.store.nextList(real -> () -> new ListOutcome.Refused("AccessDenied", "no"));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.refused");
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
  }
}
