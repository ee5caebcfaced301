package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.upload.Answer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whatever becomes of an upload, what the outbox tells of it has no gap. */
class WholeSequenceTest {

  private final World world = new World();

  @Test
  void a_retry_of_an_upload_past_its_end_follows_its_last_event() {
    Answer.TaskObject made = world.start();
    world.advance(Duration.ofHours(25));

    value(world.clients.retry(made.sessionId(), RequestKey.NONE));

    assertThat(sequences(made.sessionId())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void an_extension_of_an_upload_past_its_end_follows_its_last_event() {
    Answer.TaskObject made = world.start();
    world.advance(Duration.ofHours(25));

    value(world.clients.extend(made.sessionId(), 3600));

    assertThat(sequences(made.sessionId())).containsExactly(1L, 2L, 3L);
  }

  @Test
  void a_doubt_and_its_end_are_told_between_two_moves() {
    UUID session = world.start().sessionId();
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    value(world.use.getSession().handle(Registry.robot17(), session, true));
    world.advance(Duration.ofMinutes(1));
    world.redriveAll();

    value(world.clients.abort(session));

    assertThat(sequences(session)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  private List<Long> sequences(UUID session) {
    return world.database.facts().outbox().stream()
        .filter(event -> event.aggregateId().equals(session))
        .map(OutboxEvent::sequence)
        .toList();
  }
}
