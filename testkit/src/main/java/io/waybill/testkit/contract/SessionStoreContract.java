package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.LastError;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.SessionStore.Observed;
import io.waybill.core.upload.SessionStore.UnderPolicy;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.Transition;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadTask;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.SessionStore}. */
public abstract class SessionStoreContract extends PortContract {

  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  @Test
  void a_session_in_any_state_reads_back_as_it_was_written() {
    for (Session state : everyState()) {
      Session.Initiating before = initiating();
      Session after = sameSession(state, before);
      moved(before, after, UploadEvent.INITIATED);

      assertThat(find(before))
          .usingRecursiveComparison()
          .ignoringFields("from.upload") // what it was before is only known by its state
          .isEqualTo(after);
    }
  }

  private List<Session> everyState() {
    Session.Initiating initiating = Uploads.task(world, 1, T0).sessions().getFirst();
    Session.Initiated initiated = initiating.initiated("upload-1", at(1));
    Session.Uploading uploading = initiated.start(at(2));
    Session.Paused paused = uploading.pause("lunch \u2615", at(3));
    Session.Completing completing = uploading.complete(at(33), at(4));
    LastError error = new LastError(LastError.Code.STORAGE_REFUSED, "KeyTooLongError", at(5));
    LastError gone = new LastError(LastError.Code.STORAGE_UPLOAD_MISSING, "gone", at(5));
    return List.of(
        initiated,
        uploading,
        paused,
        completing,
        paused.complete(at(33), at(4)),
        initiated.complete(at(33), at(4)),
        completing.letGo(completing.upload().changed(at(6))),
        completing.letGo(completing.upload().missing(at(6))),
        uploading.with(uploading.upload().missing(at(6))),
        paused.with(paused.upload().missing(at(6))).with(paused.upload().found(at(7))),
        uploading.foundComplete(OBJECT, at(7)),
        initiating.abort("no", at(3)).foundComplete(OBJECT, at(7)),
        completing.takeOver(at(70), at(40)),
        completing.confirm(OBJECT, null, at(7)),
        completing.confirm(OBJECT, "ef".repeat(32), at(7)),
        new Session.Completing(
            completing.upload().reporting("cd".repeat(32)), completing.from(), completing.lease()),
        completing.confirm(new StoredObject(Uploads.FILE_BYTES, "", null), null, at(7)),
        completing.reopen(completing.upload().changed(at(7))),
        uploading.abort("gone", at(8)),
        initiating.abort("gone early", at(8)),
        uploading.abort("gone", at(8)).confirm(at(900), at(9)),
        initiating.abort("gone early", at(8)).confirm(null, at(9)),
        uploading.expire(at(90_000)),
        uploading.expire(at(90_000)).extend(at(100_000), at(90_001)),
        uploading.fail(error),
        initiating.refuse(error),
        uploading.with(uploading.upload().missing(at(5))).fail(gone),
        uploading.fail(gone).lookAgain(at(9)));
  }

  /** The same state, as a state of another session: its row exists. */
  private static Session sameSession(Session state, Session.Initiating row) {
    return switch (state) {
      case Session.Initiating s -> row;
      case Session.Initiated s -> new Session.Initiated(as(s, row), s.uploadId());
      case Session.Uploading s -> new Session.Uploading(as(s, row), s.uploadId());
      case Session.Paused s ->
          new Session.Paused(as(s, row), s.uploadId(), s.reason(), s.pausedAt());
      case Session.Completing s ->
          new Session.Completing(as(s, row), (Session.Open) sameSession(s.from(), row), s.lease());
      case Session.Completed s ->
          new Session.Completed(
              as(s, row), s.uploadId(), s.object(), s.completedAt(), s.partListSha256());
      case Session.Aborting s ->
          new Session.Aborting(as(s, row), s.uploadId(), s.reason(), s.redriveAt());
      case Session.Aborted s ->
          new Session.Aborted(
              as(s, row), s.uploadId(), s.reason(), s.abortedAt(), s.abortAgainAt());
      case Session.Expired s -> new Session.Expired(as(s, row), s.uploadId());
      case Session.Failed s -> new Session.Failed(as(s, row), s.uploadId(), s.error(), s.abortAt());
    };
  }

  private static Upload as(Session state, Session row) {
    Upload mine = state.upload();
    Upload theirs = row.upload();
    return new Upload(
        theirs.sessionId(),
        theirs.owner(),
        theirs.location(),
        theirs.plan(),
        theirs.originalFilename(),
        theirs.contentType(),
        theirs.createdAt(),
        mine.updatedAt(),
        mine.expiresAt(),
        mine.attempt(),
        mine.version(),
        mine.missingSince(),
        theirs.protection(),
        mine.checksumSha256(),
        theirs.twin());
  }

  @Test
  void a_session_is_found_with_its_policy_s_url_life() {
    Session session = initiating();
    UUID id = session.upload().sessionId();

    Optional<UnderPolicy> mine = read(tx -> tx.sessions().findUnderPolicy(world.tenantId(), id));
    Optional<UnderPolicy> theirs =
        read(tx -> tx.sessions().findUnderPolicy(world.otherTenantId(), id));

    assertThat(mine).contains(new UnderPolicy(session, world.policy().urlLife()));
    assertThat(theirs).isEmpty();
  }

  @Test
  void another_tenants_session_is_not_there() {
    Session session = initiating();
    UUID id = session.upload().sessionId();

    Optional<Session> found = read(tx -> tx.sessions().find(world.otherTenantId(), id));
    Optional<Observed> progress = read(tx -> tx.sessions().progress(world.otherTenantId(), id));
    Optional<Session> locked = commit(tx -> tx.sessions().lock(world.otherTenantId(), id));
    Optional<Session> mine = commit(tx -> tx.sessions().lock(world.tenantId(), id));
    assertThat(found).isEmpty();
    assertThat(progress).isEmpty();
    assertThat(locked).isEmpty();
    assertThat(mine).contains(session);
  }

  @Test
  void a_move_from_a_version_that_has_passed_leaves_nothing() {
    Session.Initiated before = initiated();
    Session.Uploading winner = moved(before, before.start(at(2)), UploadEvent.PRESIGN_ISSUED);
    int toldBefore = told().size();
    Transition late = Uploads.move(before, before.pause("late", at(3)), UploadEvent.PAUSED);

    Set<UUID> written = commit(tx -> tx.sessions().apply(List.of(late)));

    assertThat(written).isEmpty();

    assertThat(find(before)).isEqualTo(winner);
    assertThat(timeline(before)).noneMatch(event -> event.type() == UploadEvent.PAUSED);
    assertThat(told().subList(toldBefore, told().size()))
        .allSatisfy(facts -> assertThat(facts.timeline(LifecycleEvent.class)).isEmpty());
  }

  @Test
  void of_several_moves_only_the_winners_leave_facts() {
    Session.Initiating lost = initiating();
    Session.Initiating won = initiating();
    moved(lost, lost.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    Transition stale = Uploads.move(lost, lost.initiated("upload-2", at(2)), UploadEvent.INITIATED);
    Transition fresh = Uploads.move(won, won.initiated("upload-3", at(2)), UploadEvent.INITIATED);

    Set<UUID> written = commit(tx -> tx.sessions().apply(List.of(stale, fresh)));

    assertThat(written).containsExactly(won.upload().sessionId());
    assertThat(told().getLast()).isEqualTo(fresh.facts());
    assertThat(timeline(lost)).filteredOn(e -> e.type() == UploadEvent.INITIATED).hasSize(1);
    assertThat(timeline(won)).filteredOn(e -> e.type() == UploadEvent.INITIATED).hasSize(1);
  }

  private List<LifecycleEvent> timeline(Session session) {
    return read(
        tx -> tx.timelines().page(world.tenantId(), session.upload().sessionId(), null, 100));
  }

  @Test
  void object_task_and_dataset_follow_the_session() {
    NewTask made = created(2);
    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated initiated =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    assertStands(made, ObjectStatus.PENDING, TaskStatus.PENDING, DatasetStatus.UPLOAD_PENDING);

    Session.Uploading uploading =
        moved(initiated, initiated.start(at(2)), UploadEvent.PRESIGN_ISSUED);
    assertStands(made, ObjectStatus.UPLOADING, TaskStatus.PROCESSING, DatasetStatus.UPLOADING);

    Session.Paused paused = moved(uploading, uploading.pause("x", at(3)), UploadEvent.PAUSED);
    assertStands(made, ObjectStatus.PAUSED, TaskStatus.PAUSED, DatasetStatus.PAUSED);

    Session.Completing completing =
        moved(paused, paused.complete(at(34), at(4)), UploadEvent.COMPLETE_REQUESTED);
    assertStands(made, ObjectStatus.COMPLETING, TaskStatus.PROCESSING, DatasetStatus.UPLOADING);

    moved(completing, completing.confirm(OBJECT, null, at(5)), UploadEvent.COMPLETED);
    assertStands(made, ObjectStatus.COMPLETED, TaskStatus.PROCESSING, DatasetStatus.READY);

    Session.Initiating second = made.sessions().getLast();
    moved(second, second.abort("enough", at(6)), UploadEvent.ABORT_REQUESTED);
    assertThat(task(made).status()).isEqualTo(TaskStatus.COMPLETED);
  }

  private void assertStands(
      NewTask made, ObjectStatus object, TaskStatus task, DatasetStatus dataset) {
    UploadTask now = task(made);
    assertThat(now.objects().getFirst().status()).isEqualTo(object);
    assertThat(now.status()).isEqualTo(task);
    assertThat(dataset(made).status()).isEqualTo(dataset);
  }

  private UploadTask task(NewTask made) {
    UploadTask task = made.task();
    return read(tx -> tx.tasks().find(task.tenantId(), task.projectId(), task.taskId()))
        .map(TaskProgress::task)
        .orElseThrow();
  }

  private Dataset dataset(NewTask made) {
    UploadTask task = made.task();
    UUID id = task.objects().getFirst().datasetId();
    return read(tx -> tx.datasets().find(task.tenantId(), task.projectId(), id)).orElseThrow();
  }

  @Test
  void a_completed_upload_makes_its_dataset_ready_with_its_object() {
    NewTask made = created(1);
    complete(made);

    Dataset dataset = dataset(made);
    assertThat(dataset.status()).isEqualTo(DatasetStatus.READY);
    assertThat(dataset.object()).isEqualTo(OBJECT);
    assertThat(dataset.readyAt()).isEqualTo(at(5));
    assertThat(dataset.location()).isEqualTo(made.sessions().getFirst().upload().location());
  }

  @Test
  void a_completed_upload_waits_for_validation_where_the_policy_wants_it() {
    NewTask made = created(Uploads.task(world, world.strict(), world.strictPolicy(), 1, T0));
    complete(made);

    Dataset dataset = dataset(made);
    assertThat(dataset.status()).isEqualTo(DatasetStatus.PROCESSING);
    assertThat(dataset.object()).isEqualTo(OBJECT);
    assertThat(dataset.readyAt()).isNull();
  }

  private void complete(NewTask made) {
    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated initiated =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    Session.Completing completing =
        moved(initiated, initiated.complete(at(34), at(4)), UploadEvent.COMPLETE_REQUESTED);
    moved(completing, completing.confirm(OBJECT, null, at(5)), UploadEvent.COMPLETED);
  }
}
