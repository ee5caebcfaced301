package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Refusal;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Answer;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * A completion whose answer was not clear is looked at until it is: storage alone says what is
 * there.
 */
class CompletionInDoubtTest {

  private static final CompleteOutcome LOST = new CompleteOutcome.Unknown("500 InternalError");

  private final World world = new World();
  private final Answer.TaskObject object = world.start();
  private final UUID session = object.sessionId();

  @Test
  void a_success_whose_answer_was_lost_is_found_by_head() {
    world.putAll(session);
    world.store.nextComplete(FaultyStore.answerLost(LOST));
    value(world.clients.complete(session));
    assertThat(world.store.calls()).endsWith("list", "complete", "head");
  }

  @Test
  void an_unknown_answer_while_the_upload_is_still_there_stays_completing() {
    world.putAll(session);
    world.store.nextComplete(real -> () -> LOST);
    Refusal refusal = refusal(world.clients.complete(session));
    assertThat(refusal.code().code()).isEqualTo("storage.unavailable");
    assertThat(refusal.retryAfterSeconds()).isPositive();
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    assertThat(world.store.calls()).endsWith("complete", "head", "list");

    value(world.clients.complete(session));
  }

  @Test
  void an_object_of_another_size_is_not_ours() {
    world.putAll(session);
    world.store.nextComplete(real -> () -> LOST);
    world.store.nextHead(real -> () -> Optional.of(new StoredObject(1, "\"x\"", null)));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
  }

  @Test
  void a_success_that_head_does_not_show_yet_stays_completing_and_is_found_later() {
    world.putAll(session);
    world.store.nextHead(real -> () -> Optional.empty());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    value(world.clients.complete(session));
  }

  @Test
  void storage_that_does_not_answer_at_any_step_stays_completing() {
    world.putAll(session);
    world.store.nextList(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.store.nextHead(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETING);
    value(world.clients.complete(session));
  }

  @Test
  void an_upload_that_storage_denies_twice_a_minute_apart_has_failed() {
    world.putAll(session);
    world.storage.purge(world.uploadId(session));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(59));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(1));
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.upload_missing");
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
    assertThat(world.stored(session).dueAt()).as("nothing to abort").isEmpty();
  }

  @Test
  void an_upload_that_is_seen_again_in_between_is_not_missing() {
    world.putAll(session);
    Supplier<ListOutcome> gone = ListOutcome.NoSuchUpload::new;
    world.store.nextList(real -> gone);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(40));
    world.store.nextComplete(real -> () -> LOST);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(40));
    world.store.nextList(real -> gone);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    value(world.clients.complete(session));
  }

  @Test
  void an_upload_that_storage_forgot_because_it_had_completed_it_is_complete() {
    world.putAll(session);
    world.store.nextComplete(FaultyStore.answerLost(LOST));
    world.store.nextHead(FaultyStore.unreachable());
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    value(world.clients.complete(session));
    assertThat(world.store.calls()).endsWith("list", "head");
  }

  @Test
  void reconcile_repairs_an_upload_given_up_too_early() {
    world.putAll(session);
    String uploadId = world.uploadId(session);
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.unavailable");
    world.advance(Duration.ofSeconds(60));
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.upload_missing");

    assertThat(value(world.clients.reconcile(session)).status()).isEqualTo(SessionStatus.FAILED);
    Session failed = world.stored(session);
    world.storage.complete(
        failed.upload().location(),
        uploadId,
        java.util.List.of(
            new io.waybill.core.storage.StoredPart(1, "", 150 * MIB, Registry.BEGINNING)));
    assertThat(value(world.clients.reconcile(session)).status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(world.dataset(Registry.PROJECT, object.datasetId()).status())
        .isEqualTo(DatasetStatus.READY);
    value(world.clients.complete(session));
  }
}
