package io.waybill.core.upload.usecase;

import static io.waybill.core.fixture.World.MIB;
import static io.waybill.core.fixture.World.code;
import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.fixture.FaultyStore;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.Requests;
import io.waybill.core.fixture.World;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.StoredPart;
import io.waybill.core.upload.PartsAnswer;
import io.waybill.core.upload.SessionAnswer;
import io.waybill.core.upload.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A read that asks storage: what it may conclude, what it may write, and for whom. */
class ReconcileTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final World world = new World();
  private final UUID session = world.start().sessionId();

  private SessionStatus reconcile(Caller caller) {
    return value(world.use.getSession().handle(caller, session, true)).status();
  }

  private Verdict<PartsAnswer> list(Caller caller, ListParts.Source source) {
    return world.use.listParts().handle(caller, Requests.list(session, source));
  }

  private void completeBehindOurBack() {
    world.putAll(session);
    CompleteOutcome done =
        world.storage.complete(
            world.stored(session).upload().location(),
            world.uploadId(session),
            List.of(new StoredPart(1, "\"e\"", 150 * MIB, Registry.BEGINNING)));
    assertThat(done).isEqualTo(new CompleteOutcome.Done());
  }

  @Test
  void a_refused_reconcile_is_the_same_refusal_as_a_refused_list() {
    world.putAll(session);
    world.store.nextList(FaultyStore.denied("SignatureDoesNotMatch"));
    var storage = refusal(list(Registry.robot17(), ListParts.Source.STORAGE));
    assertThat(storage.code().code()).isEqualTo("storage.refused");

    world.store.nextList(FaultyStore.denied("SignatureDoesNotMatch"));
    assertThat(refusal(list(Registry.robot17(), ListParts.Source.RECONCILE))).isEqualTo(storage);
    world.store.nextList(FaultyStore.denied("SignatureDoesNotMatch"));
    assertThat(refusal(world.clients.reconcile(session))).isEqualTo(storage);
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void parts_are_not_told_as_reconciled_when_storage_denied_the_upload() {
    value(world.clients.presign(session, 1));
    world.storage.purge(world.uploadId(session));
    var once = refusal(list(Registry.robot17(), ListParts.Source.RECONCILE));
    assertThat(once.code().code()).isEqualTo("storage.unavailable");
    assertThat(once.retryAfterSeconds()).isEqualTo(60);
    assertThat(world.status(session)).isEqualTo(SessionStatus.UPLOADING);
    world.advance(MINUTE);
    assertThat(code(list(Registry.robot17(), ListParts.Source.RECONCILE)))
        .isEqualTo("storage.upload_missing");
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
  }

  @Test
  void an_upload_that_was_aborted_while_storage_was_asked_is_in_no_doubt() {
    world.store.nextList(FaultyStore.meanwhile(() -> value(world.clients.abort(session))));

    value(list(Registry.robot17(), ListParts.Source.RECONCILE));
    assertThat(world.status(session)).isEqualTo(SessionStatus.ABORTED);
  }

  @Test
  void an_upload_denied_to_a_reconcile_is_looked_at_by_a_worker_a_minute_later() {
    world.storage.purge(world.uploadId(session));
    assertThat(reconcile(Registry.robot17())).isEqualTo(SessionStatus.INITIATED);
    world.advance(MINUTE.minusSeconds(1));
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
    world.advance(Duration.ofSeconds(1));
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
    assertThat(world.store.calls()).doesNotContain("abort");
  }

  @Test
  void a_denial_to_a_reconcile_and_one_to_a_complete_are_two_sightings() {
    world.storage.purge(world.uploadId(session));
    assertThat(reconcile(Registry.robot17())).isEqualTo(SessionStatus.INITIATED);
    world.advance(MINUTE);
    assertThat(code(world.clients.complete(session))).isEqualTo("storage.upload_missing");
  }

  @Test
  void an_upload_that_is_seen_again_is_not_missing() {
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    assertThat(reconcile(Registry.robot17())).isEqualTo(SessionStatus.INITIATED);
    world.advance(MINUTE);
    world.redriveAll();
    assertThat(world.stored(session).upload().missingSince()).isNull();
    world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
    assertThat(reconcile(Registry.robot17())).isEqualTo(SessionStatus.INITIATED);
  }

  @Test
  void a_worker_that_gets_no_answer_looks_again() {
    world.storage.purge(world.uploadId(session));
    assertThat(reconcile(Registry.robot17())).isEqualTo(SessionStatus.INITIATED);
    world.advance(MINUTE);
    world.store.nextList(FaultyStore.unreachable());
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 1));
    world.advance(MINUTE);
    world.store.nextList(FaultyStore.denied("AccessDenied"));
    assertThat(world.use.redrive().handle(10)).isEqualTo(new Redrive.Round(1, 1));
    assertThat(world.status(session)).isEqualTo(SessionStatus.INITIATED);
    world.advance(MINUTE);
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
  }

  @Test
  void an_unheard_completion_is_found_by_a_reconcile() {
    completeBehindOurBack();
    assertThat(reconcile(Registry.robot17())).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void who_may_only_look_ends_no_upload_however_often_storage_denies_it() {
    world.storage.purge(world.uploadId(session));
    for (int i = 0; i < 3; i++) {
      assertThat(reconcile(Registry.viewer())).isEqualTo(SessionStatus.INITIATED);
      assertThat(code(list(Registry.viewer(), ListParts.Source.RECONCILE)))
          .isEqualTo("storage.unavailable");
      world.advance(MINUTE);
    }
    assertThat(world.timeline(session)).doesNotContain("upload.failed");
    world.redriveAll();
    assertThat(world.status(session)).as("by the worker").isEqualTo(SessionStatus.FAILED);
    assertThat(world.events(session).getLast().actor()).isEqualTo("worker");
  }

  @Test
  void who_may_only_look_completes_and_starts_nothing_but_the_part_rows_agree() {
    world.put(session, 2);
    assertThat(reconcile(Registry.viewer())).isEqualTo(SessionStatus.INITIATED);
    SessionAnswer seen = value(world.use.getSession().handle(Registry.viewer(), session, false));
    assertThat(seen.uploadedPartCount()).isEqualTo(1);

    completeBehindOurBack();
    assertThat(reconcile(Registry.viewer())).isEqualTo(SessionStatus.INITIATED);
    world.advance(MINUTE);
    world.redriveAll();
    assertThat(world.status(session)).as("by the worker").isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void who_may_only_look_repairs_nothing_but_a_worker_looks_at_once() {
    world.putAll(session);
    String uploadId = world.uploadId(session);
    for (int i = 0; i < 2; i++) {
      world.store.nextList(real -> ListOutcome.NoSuchUpload::new);
      assertThat(reconcile(Registry.robot17())).isNotEqualTo(SessionStatus.COMPLETED);
      world.advance(MINUTE);
    }
    assertThat(world.status(session)).isEqualTo(SessionStatus.FAILED);
    var _ =
        world.storage.complete(
            world.stored(session).upload().location(),
            uploadId,
            List.of(new StoredPart(1, "\"e\"", 150 * MIB, Registry.BEGINNING)));

    assertThat(reconcile(Registry.viewer())).isEqualTo(SessionStatus.FAILED);
    world.redriveAll();
    assertThat(world.status(session)).isEqualTo(SessionStatus.COMPLETED);
  }
}
