package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.file;
import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.SessionStatus;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A call that dies of an outage lets its leases go: its repetition need not wait them out. */
class DiedOfAnOutageTest {

  private static final RequestKey KEY = RequestKey.of("k");

  private final World world = new World();

  @Test
  void a_create_that_died_after_its_first_commit_is_gone_on_with_at_once() {
    world.work.beforeNextWrite(() -> {});
    world.work.failNextWrite();
    assertThatThrownBy(this::create).isInstanceOf(Outage.class);

    Answer.Task answer = value(create());

    assertThat(answer.objects()).hasSize(1);
    assertThat(world.database.facts().timeline(LifecycleEvent.class))
        .allSatisfy(fact -> assertThat(fact.owner().taskId()).isEqualTo(answer.taskId()));
  }

  private Verdict<Answer.Task> create() {
    return world.clients.create(Registry.robot17(), KEY, task(file("a", MIB)));
  }

  @Test
  void a_complete_that_died_before_its_outcome_was_written_is_taken_over_at_once() {
    UUID session = value(create()).objects().getFirst().sessionId();
    world.putAll(session);
    world.work.beforeNextWrite(() -> {});
    world.work.failNextWrite();
    assertThatThrownBy(() -> world.clients.complete(session)).isInstanceOf(Outage.class);

    assertThat(value(world.clients.complete(session)).status()).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void an_abort_that_died_before_its_outcome_was_written_is_taken_over_at_once() {
    UUID session = value(create()).objects().getFirst().sessionId();
    world.store.nextAbort(FaultyStore.afterwards(() -> world.work.failNextWrite()));
    assertThatThrownBy(() -> world.clients.abort(session)).isInstanceOf(Outage.class);

    assertThat(value(world.clients.abort(session)).status()).isEqualTo(SessionStatus.ABORTED);
  }
}
