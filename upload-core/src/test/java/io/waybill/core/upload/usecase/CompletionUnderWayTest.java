package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Refusal;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Of an upload that somebody is completing, one call has the lease; when it ends another goes on.
 */
class CompletionUnderWayTest {

  private final World world = new World();
  private final Answer.TaskObject object = world.start();
  private final UUID session = object.sessionId();

  @Test
  void warnings_are_the_same_when_storage_had_forgotten_the_parts_already() {
    world.putAll(session);
    value(world.clients.acknowledge(session, Requests.part(1, 64 * MIB)));
    CompleteUpload.Request request =
        new CompleteUpload.Request(session, Map.of(1, "\"mine\""), null);
    world.points.arm(completionHalf());
    assertThatThrownBy(
            () -> world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request))
        .isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(31));
    Answer.Completed first =
        value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request));
    assertThat(
            value(world.use.completeUpload().handle(Registry.robot17(), RequestKey.NONE, request)))
        .isEqualTo(first);
    assertThat(first.warnings()).hasSize(1);
  }

  /** Commit of the intent, before and after list, before complete, after complete. */
  private static int completionHalf() {
    return 4;
  }

  @Test
  void while_another_call_is_completing_the_caller_is_told_to_wait() {
    world.putAll(session);
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(12));
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("upload.completion_in_progress");
    assertThat(refusal.retryAfterSeconds()).isEqualTo(18);
    assertThat(refusal.details()).containsEntry("retry_after_seconds", 18L);
  }

  @Test
  void after_the_lease_the_next_call_takes_over_and_finishes() {
    world.putAll(session);
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(30));
    value(world.clients.complete(session));
    assertThat(world.stored(session).upload().attempt()).isEqualTo(2);
  }

  @Test
  void a_heartbeat_keeps_the_lease_of_a_slow_completion_and_stops_when_it_is_lost() {
    Beating heartbeat = new Beating();
    World slow = new World(Limits.standard(), heartbeat);
    UUID id = slow.start().sessionId();
    slow.putAll(id);
    heartbeat.midway =
        renew -> {
          slow.advance(Duration.ofSeconds(29));
          assertThat(renew.get()).isTrue();
          slow.advance(Duration.ofSeconds(29));
          assertThat(code(slow.clients.complete(id))).isEqualTo("upload.completion_in_progress");
        };
    value(slow.clients.complete(id));
    assertThat(heartbeat.lastRenew().get()).as("after the end").isFalse();
  }

  @Test
  void who_was_overtaken_writes_nothing() {
    Beating heartbeat = new Beating();
    World slow = new World(Limits.standard(), heartbeat);
    UUID id = slow.start().sessionId();
    slow.putAll(id);
    heartbeat.midway =
        renew -> {
          slow.advance(Duration.ofSeconds(31));
          value(slow.clients.complete(id, RequestKey.of("faster")));
          assertThat(renew.get()).isFalse();
        };
    assertThat(code(slow.clients.complete(id))).isEqualTo("upload.completion_in_progress");
    assertThat(slow.timeline(id)).containsOnlyOnce("upload.completed");
    assertThat(slow.status(id)).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void a_worker_completes_what_a_dead_call_began_and_waits_longer_each_time_storage_is_down() {
    world.putAll(session);
    world.points.arm(0);
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Halt.class);
    world.advance(Duration.ofSeconds(30));
    world.store.nextList(FaultyStore.unreachable());
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 1));
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(0, 0));
    world.advance(Duration.ofSeconds(10));
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 0));
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.events(session).getLast().actor()).isEqualTo("worker");
  }
}
