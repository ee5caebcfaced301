package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.event.OutboxEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
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

  @Test
  void a_worker_that_finds_nothing_to_repair_leaves_no_gap_before_the_repair() {
    UUID session = world.start().sessionId();
    world.putAll(session);
    String uploadId = world.uploadId(session);
    for (int sighting = 0; sighting < 2; sighting++) {
      world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
      value(world.use.getSession().handle(Registry.robot17(), session, true));
      world.advance(Duration.ofMinutes(1));
    }
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
    var _ =
        world.storage.complete(
            world.stored(session).upload().location(),
            uploadId,
            List.of(new StoredPart(1, "\"e\"", 150L << 20, Registry.BEGINNING)));
    value(world.use.getSession().handle(Registry.viewer(), session, true));
    world.store.nextHead(real -> Optional::empty);
    world.redriveAll();
    assertThat(world.status(session)).as("nothing to repair yet").isEqualTo(SessionStatus.FAILED);

    value(world.use.getSession().handle(Registry.robot17(), session, true));

    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETED);
    List<Long> told = sequences(session);
    assertThat(told).isEqualTo(LongStream.rangeClosed(1, told.size()).boxed().toList());
  }

  private List<Long> sequences(UUID session) {
    return world.database.facts().outbox().stream()
        .filter(event -> event.aggregateId().equals(session))
        .map(OutboxEvent::sequence)
        .toList();
  }
}
