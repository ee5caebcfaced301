package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.Requests.task;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.value;
import static io.waybill.core.upload.usecase.InstantWorld.again;
import static io.waybill.core.upload.usecase.InstantWorld.instantWorld;
import static io.waybill.core.upload.usecase.InstantWorld.place;
import static io.waybill.core.upload.usecase.InstantWorld.taskOf;
import static io.waybill.core.upload.usecase.InstantWorld.verified;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Halt;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.TaskAnswer;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * A copy that fails, comes late, or is made by a worker that dies costs a repetition or an upload.
 */
class InstantUploadInTroubleTest {

  private static final Duration CLAIM_IS_OVER = Duration.ofSeconds(61);

  private World world = instantWorld();
  private Dataset source = verified(world);

  @Test
  void what_cannot_be_copied_is_sent() {
    Answer.TaskObject object = again(world);
    world.store.nextCopy(real -> () -> new CopyOutcome.Refused("NoSuchKey", "it is gone"));

    world.redriveAll();

    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATED);
    assertThat(value(world.clients.get(object.sessionId())).instant()).isFalse();
    assertThat(world.events(object.sessionId()).getLast().details())
        .containsEntry("copy_refused", "storage said NoSuchKey: it is gone");
    world.putAll(object.sessionId());
    value(world.clients.complete(object.sessionId()));
    TaskAnswer task = taskOf(world, object);
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.COMPLETED);
    assertThat(task.objects().getFirst().instant()).isFalse();
  }

  @Test
  void a_store_that_does_not_answer_is_waited_for_but_not_for_long() {
    Answer.TaskObject object = again(world);
    world.store.nextCopy(FaultyStore.unreachable());
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATING);

    world.advance(InstantCopy.PATIENCE);
    world.store.nextCopy(FaultyStore.unreachable());
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void a_copy_whose_answer_was_lost_is_found_and_not_made_again() {
    Answer.TaskObject object = again(world);
    world.store.nextCopy(real ->
        () -> {
          var _ = real.get();
          throw FaultyStore.outage();
        });
    world.redriveAll();
    world.advance(CLAIM_IS_OVER);
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.store.calls()).containsOnlyOnce("copy");
  }

  @Test
  void a_copy_of_another_size_is_none() {
    Answer.TaskObject object = again(world);
    world.store.nextCopy(real -> () -> new CopyOutcome.Copied());
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void what_is_aborted_before_it_is_copied_leaves_nothing_even_when_a_copy_comes_late() {
    Answer.TaskObject object = again(world);
    world.store.nextCopy(
        FaultyStore.meanwhile(() -> value(world.clients.abort(object.sessionId()))));
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.ABORTED);
    assertThat(world.storage.head(place(world, object))).as("the late copy").isPresent();

    world.advance(Duration.ofHours(24));
    world.redriveAll();
    assertThat(world.storage.head(place(world, object))).isEmpty();
    assertThat(world.storage.head(Objects.requireNonNull(source.location()))).isPresent();
  }

  @Test
  void what_is_copied_by_the_time_of_an_abort_is_complete() {
    Answer.TaskObject object = again(world);
    world.store.nextCopy(
        FaultyStore.afterwards(() ->
            assertThat(code(world.clients.abort(object.sessionId())))
                .isEqualTo("upload.invalid_state")));
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.timeline(object.sessionId())).containsOnlyOnce("upload.completed");
    assertThat(world.dataset(Registry.PROJECT, object.datasetId()).status())
        .isEqualTo(DatasetStatus.READY);
  }

  @Test
  void one_that_nobody_copies_in_its_life_is_cleaned_up() {
    Answer.TaskObject object = again(world);
    world.advance(Duration.ofHours(25));
    world.redriveAll();
    assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.ABORTED);
  }

  @Test
  void a_worker_that_dies_anywhere_costs_a_repetition() {
    for (int first = 0; first < 8; first++) {
      for (int second = 0; second < 8; second++) {
        world = instantWorld();
        source = verified(world);
        Answer.TaskObject object = again(world);
        workerDiesAt(first);
        world.advance(CLAIM_IS_OVER);
        workerDiesAt(second);
        world.advance(CLAIM_IS_OVER);
        world.redriveAll();

        assertThat(world.status(object.sessionId())).isEqualTo(SessionStatus.COMPLETED);
        assertThat(world.timeline(object.sessionId())).containsOnlyOnce("upload.completed");
        assertThat(world.storage.openUploads()).isEmpty();
      }
    }
  }

  private void workerDiesAt(int place) {
    world.points.arm(place);
    try {
      world.redriveAll();
    } catch (Halt halt) {
      assertThat(halt).isNotNull();
    } finally {
      world.points.disarm();
    }
  }
}
