package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A store that hangs keeps nobody waiting longer than the answer is promised. */
class StoragePhaseTest {

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  /** A completion takes as long as the store takes to join the parts: it has an end of its own. */
  @AfterEach
  void every_call_but_a_completion_has_an_end() {
    List<String> endless = new ArrayList<>(world.store.calls());
    world.store.endedCalls().forEach(endless::remove);

    assertThat(endless).isSubsetOf("complete");
  }

  @Test
  void of_an_upload_that_is_completed() {
    world.putAll(session);
    value(world.clients.complete(session));

    assertThat(world.store.endedCalls()).containsExactly("create", "list", "head");
  }

  @Test
  void of_a_completion_whose_answer_was_lost() {
    world.putAll(session);
    world.store.nextComplete(
        FaultyStore.answerLost(new CompleteOutcome.Unknown("no answer in time")));
    world.clients.complete(session);
    world.advance(Duration.ofMinutes(2));
    world.redriveAll();

    assertThat(world.store.endedCalls()).contains("list", "head");
  }

  @Test
  void of_an_upload_that_is_listed_and_reconciled() {
    world.put(session, 1);
    value(world.clients.list(session, ListParts.Source.STORAGE));
    value(world.clients.list(session, ListParts.Source.RECONCILE));
    value(world.clients.reconcile(session));

    assertThat(world.store.endedCalls()).containsExactly("create", "list", "list", "list");
  }

  @Test
  void of_an_upload_that_is_aborted_and_of_one_that_expires() {
    UUID other = world.start().sessionId();
    value(world.clients.abort(session));
    world.advance(Duration.ofDays(60));
    world.redriveAll();
    world.redriveAll();

    assertThat(world.store.endedCalls()).contains("abort");
    assertThat(world.status(other)).isNotNull();
  }
}
