package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.event.Facts;
import io.waybill.core.upload.ObjectStatus;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.TaskStore.Query;
import io.waybill.core.upload.TaskStore.TaskProgress;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.upload.TaskStore}. */
public abstract class TaskStoreContract extends PortContract {

  @Test
  void a_task_reads_back_as_it_was_created_with_its_objects_in_order() {
    NewTask made = created(12);

    TaskProgress found = find(made).orElseThrow();

    assertThat(found.task()).isEqualTo(made.task());
    assertThat(found.progress())
        .extracting(progress -> progress.session())
        .isEqualTo(new ArrayList<Session>(made.sessions()));
    assertThat(told()).containsExactly(made.facts());
  }

  @Test
  void a_task_without_a_name_a_device_and_metadata_reads_back_too() {
    NewTask foreign = created(Uploads.task(world, world.foreign(), world.foreignPolicy(), 1, T0));

    assertThat(find(foreign).orElseThrow().task()).isEqualTo(foreign.task());
  }

  @Test
  void its_datasets_wait_for_their_uploads() {
    NewTask made = created(Uploads.task(world, world.strict(), world.strictPolicy(), 2, T0));
    TaskObject object = made.task().objects().getFirst();

    Dataset dataset = dataset(made, object);

    assertThat(dataset.status()).isEqualTo(DatasetStatus.UPLOAD_PENDING);
    assertThat(dataset.name()).isEqualTo(object.datasetName());
    assertThat(dataset.originalFilename()).isEqualTo(object.objectName());
    assertThat(dataset.checksumSha256()).isEqualTo(object.checksumSha256());
    assertThat(dataset.metadata()).isEqualTo(object.metadata());
    assertThat(dataset.location()).isEqualTo(made.sessions().getFirst().upload().location());
    assertThat(dataset.object()).isNull();
    assertThat(dataset.sourceDeviceId()).isEqualTo(world.robot().id());
  }

  private Dataset dataset(NewTask made, TaskObject object) {
    UUID project = made.task().projectId();
    return read(tx -> tx.datasets().find(world.tenantId(), project, object.datasetId()))
        .orElseThrow();
  }

  @Test
  void a_task_is_found_in_its_own_tenant_and_project_only() {
    UUID id = created(1).task().taskId();
    UUID project = world.project().projectId();
    UUID strict = world.strict().projectId();

    Optional<TaskProgress> elsewhere = read(tx -> tx.tasks().find(world.tenantId(), strict, id));
    Optional<TaskProgress> theirs = read(tx -> tx.tasks().find(world.otherTenantId(), project, id));

    assertThat(elsewhere).isEmpty();
    assertThat(theirs).isEmpty();
  }

  @Test
  void progress_counts_parts_and_their_bytes() {
    NewTask made = created(2);
    UUID second = made.sessions().getLast().upload().sessionId();
    List<UploadPart> parts =
        List.of(
            UploadPart.acknowledged(1, "\"a\"", 10, null, at(1)),
            UploadPart.acknowledged(3, "\"c\"", 7, null, at(1)));
    commit(tx -> tx.parts().acknowledge(second, parts, Facts.NONE));

    TaskProgress found = find(made).orElseThrow();

    assertThat(found.progress())
        .extracting(progress -> progress.uploadedPartCount(), progress -> progress.uploadedBytes())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, 0L),
            org.assertj.core.groups.Tuple.tuple(2, 17L));
  }

  @Test
  void a_list_is_newest_first_and_goes_on_after_the_last_id() {
    UUID first = created(2).task().taskId();
    UUID second = created(1).task().taskId();
    UUID third = created(3).task().taskId();
    created(Uploads.task(world, world.strict(), world.strictPolicy(), 1, T0));

    assertThat(list(null, null, null, null, 2)).containsExactly(third, second);
    assertThat(list(null, null, null, second, 2)).containsExactly(first);
  }

  @Test
  void a_list_is_filtered_by_status_device_and_time() {
    NewTask old = created(1);
    NewTask young = created(Uploads.task(world, 1, at(60)));
    Session.Initiating session = old.sessions().getFirst();
    moved(session, session.abort("no", at(90)), UploadEvent.ABORT_REQUESTED);

    assertThat(list(TaskStatus.CANCELLED, null, null, null, 9)).containsExactly(id(old));
    assertThat(list(TaskStatus.PENDING, null, null, null, 9)).containsExactly(id(young));
    assertThat(list(null, world.robot().id(), null, null, 9)).containsExactly(id(young), id(old));
    assertThat(list(null, world.otherRobot().id(), null, null, 9)).isEmpty();
    assertThat(list(null, null, at(30), null, 9)).containsExactly(id(young));
  }

  @Test
  void a_list_knows_what_has_expired_before_anybody_has_marked_it() {
    NewTask dead = created(2);
    dead.sessions().forEach(this::initiated);
    NewTask half = created(Uploads.task(world, 2, at(60)));
    half.sessions().forEach(this::initiated);
    Session lastOfHalf = find(half.sessions().getLast());
    moved(
        lastOfHalf,
        ((Session.Open) lastOfHalf).with(lastOfHalf.upload().extended(at(900_000), at(61))),
        UploadEvent.EXTENDED);
    NewTask young = created(Uploads.task(world, 1, at(80_000)));
    Instant later = at(90_000);

    assertThat(list(TaskStatus.PENDING, at(0))).containsExactly(id(young), id(half), id(dead));
    assertThat(list(TaskStatus.FAILED, at(0))).isEmpty();
    assertThat(list(TaskStatus.PENDING, later)).containsExactly(id(young));
    assertThat(list(TaskStatus.PROCESSING, later)).containsExactly(id(half));
    assertThat(list(TaskStatus.FAILED, later)).containsExactly(id(dead));
    assertThat(list(null, later)).containsExactly(id(young), id(half), id(dead));
  }

  private void initiated(Session.Initiating session) {
    moved(session, session.initiated("upload-1", at(1)), UploadEvent.INITIATED);
  }

  private List<UUID> list(@Nullable TaskStatus status, Instant now) {
    UUID project = world.project().projectId();
    Query query = new Query(world.tenantId(), project, status, null, null, null, Set.of(), 9);
    List<TaskProgress> page = read(tx -> tx.tasks().list(query, now));
    return page.stream().map(found -> found.task().taskId()).toList();
  }

  private List<UUID> list(
      @Nullable TaskStatus status,
      @Nullable UUID device,
      @Nullable Instant after,
      @Nullable UUID before,
      int limit) {
    UUID project = world.project().projectId();
    return list(
        new Query(world.tenantId(), project, status, device, after, before, Set.of(), limit));
  }

  @Test
  void a_list_knows_what_one_code_has_sent() {
    UUID coded = id(created(1));
    created(Uploads.from(world, world.robot().id(), T0));
    assertThat(list(by(world.robot().label(), null))).containsExactly(coded);
    assertThat(list(by(world.robot().label(), TaskStatus.PENDING))).containsExactly(coded);
    assertThat(list(by("no-robot", null))).isEmpty();
  }

  private Query by(String code, @Nullable TaskStatus status) {
    UUID project = world.project().projectId();
    return new Query(
        world.tenantId(), project, status, null, code, null, null, Set.of(), Set.of(), 9);
  }

  @Test
  void a_list_leaves_out_what_it_is_told_to() {
    UUID first = id(created(1));
    UUID second = id(created(1));
    UUID project = world.project().projectId();
    Set<UUID> except = Set.of(second, Ids.next());
    assertThat(list(new Query(world.tenantId(), project, null, null, null, null, except, 9)))
        .containsExactly(first);
  }

  private List<UUID> list(Query query) {
    List<TaskProgress> page = read(tx -> tx.tasks().list(query, T0));
    return page.stream().map(found -> found.task().taskId()).toList();
  }

  @Test
  void an_object_is_locked_with_its_whole_task() {
    NewTask made = created(2);
    UUID task = id(made);
    UUID object = made.task().objects().getLast().objectId();

    Optional<TaskProgress> locked =
        commit(tx -> tx.tasks().lockObject(world.tenantId(), task, object));
    Optional<TaskProgress> theirs =
        commit(tx -> tx.tasks().lockObject(world.otherTenantId(), task, object));
    Optional<TaskProgress> unknown =
        commit(tx -> tx.tasks().lockObject(world.tenantId(), task, Ids.next()));

    assertThat(locked.map(TaskProgress::task)).contains(made.task());
    assertThat(theirs).isEmpty();
    assertThat(unknown).isEmpty();
  }

  @Test
  void a_retry_gives_the_object_a_new_session_and_counts() {
    NewTask made = created(2);
    Session.Initiating first = made.sessions().getFirst();
    Session.Aborting aborting = moved(first, first.abort("no", at(1)), UploadEvent.ABORT_REQUESTED);
    Session.Aborted aborted = moved(aborting, aborting.confirm(null, at(2)), UploadEvent.ABORTED);
    Session.Initiating next = retried(aborted);

    UploadTask task = find(made).orElseThrow().task();
    TaskObject object = task.objects().getFirst();
    assertThat(object.sessionId()).isEqualTo(next.upload().sessionId());
    assertThat(object.retryCount()).isEqualTo(1);
    assertThat(object.status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
    assertThat(find(next)).isEqualTo(next);
    assertThat(find(aborted)).isEqualTo(aborted);
    assertThat(dataset(made, object).location()).isEqualTo(next.upload().location());
  }

  private Session.Initiating retried(Session previous) {
    Session.Initiating next =
        Uploads.initiating(previous.upload().owner(), world.policy(), "Kamera 0.mcap", at(10));
    Facts facts = Uploads.facts(next, UploadEvent.OBJECT_RETRIED, at(10));
    commit(tx -> {
      tx.tasks().retry(previous.upload().owner().objectId(), previous, next, facts);
      return next;
    });
    assertThat(told().getLast()).isEqualTo(facts);
    return next;
  }

  @Test
  void a_session_that_was_replaced_moves_neither_object_nor_dataset() {
    NewTask made = created(1);
    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated initiated =
        moved(first, first.initiated("upload-1", at(1)), UploadEvent.INITIATED);
    Session.Expired expired = moved(initiated, initiated.expire(at(90_000)), UploadEvent.EXPIRED);
    retried(expired);

    moved(expired, expired.abort("cleanup", at(99_000)), UploadEvent.ABORT_REQUESTED);

    UploadTask task = find(made).orElseThrow().task();
    assertThat(task.objects().getFirst().status()).isEqualTo(ObjectStatus.PENDING);
    assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
  }

  private Optional<TaskProgress> find(NewTask made) {
    UploadTask task = made.task();
    return read(tx -> tx.tasks().find(task.tenantId(), task.projectId(), task.taskId()));
  }

  private static UUID id(NewTask made) {
    return made.task().taskId();
  }
}
