package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.recovery.Finding;
import io.waybill.core.recovery.RecoveryChecks.Due;
import io.waybill.core.recovery.RecoveryChecks.Marked;
import io.waybill.core.recovery.RecoveryPhase;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryStore.Next;
import io.waybill.core.recovery.RecoveryStore.Step;
import io.waybill.core.recovery.UnclaimedObject;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.Upload;
import io.waybill.core.upload.UploadEvent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.recovery.RecoveryStores}: runs, checks, and what is nobody's. */
public abstract class RecoveryStoresContract extends PortContract {
  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  @Test
  void one_recovery_of_a_tenant_is_under_way_at_a_time() {
    RecoveryRun first = begun(1);
    RecoveryRun second = RecoveryRun.begun(Ids.next(), world.tenantId(), at(2), "admin");

    assertThat(begin(second)).isFalse();
    Step step = new Step(first, "", "", at(1));
    assertThat(save(step, new Next(RecoveryPhase.COMPLETED, "", "", 0, 0, at(9)))).isTrue();
    assertThat(begin(second)).isTrue();
    List<RecoveryRun> all = read(tx -> tx.recoveries().list(world.tenantId(), null, 10));
    assertThat(all)
        .extracting(RecoveryRun::recoveryId)
        .containsExactly(second.recoveryId(), first.recoveryId());
    assertThat(all.getLast().completedAt()).isEqualTo(at(9));
    List<RecoveryRun> before =
        read(tx -> tx.recoveries().list(world.tenantId(), second.recoveryId(), 10));
    assertThat(before).hasSize(1);
  }

  @Test
  void a_step_is_one_caller_s_and_what_it_did_is_written_once() {
    RecoveryRun run = begun(1);
    Step mine = claim(5, 30).orElseThrow();

    assertThat(mine.run()).isEqualTo(run);
    assertThat(claim(29, 60)).isEmpty();
    Next next = new Next(RecoveryPhase.OBJECTS, "default/b", "key", 7, 3, at(31));
    assertThat(save(mine, next)).isTrue();
    assertThat(save(mine, next)).as("its claim is over").isFalse();
    commit(tx -> {
      tx.recoveries().count(run.recoveryId(), Finding.METADATA_ONLY);
      tx.recoveries().count(run.recoveryId(), Finding.VERIFIED);
      return run;
    });
    Step after = claim(31, 60).orElseThrow();
    assertThat(after.place()).isEqualTo("default/b");
    assertThat(after.cursor()).isEqualTo("key");
    assertThat(after.run().counts()).isEqualTo(new RecoveryRun.Counts(7, 1, 0, 1, 0, 0, 3, 0));
  }

  @Test
  void what_is_complete_is_doubted_and_everything_that_had_an_upload_is_checked() {
    Session.Uploading open = uploading();
    Session.Completed done = complete(created(1));
    RecoveryRun run = begun(10);

    assertThat(mark(run, Marked.NONE)).hasSize(2);
    assertThat(known(done).status()).isEqualTo(DatasetStatus.PROCESSING);
    assertThat(known(done).recoveryStatus()).isEqualTo(RecoveryStatus.RECOVERY_PENDING);
    assertThat(known(done).readyAt()).as("it was READY").isNotNull();
    assertThat(known(open).recoveryStatus()).isEqualTo(RecoveryStatus.NORMAL);
    Map<RecoveryStatus, Long> census = read(tx -> tx.recoveryChecks().census());
    assertThat(census.get(RecoveryStatus.RECOVERY_PENDING)).isPositive();
    assertThat(census).doesNotContainKey(RecoveryStatus.NORMAL);
    List<Due> due = claimChecks(10, 40);
    assertThat(due)
        .extracting(one -> one.dataset().datasetId())
        .containsExactlyInAnyOrder(datasetOf(open), datasetOf(done));
    assertThat(due).allMatch(one -> run.recoveryId().equals(one.recoveryId()));
    assertThat(claimChecks(39, 60)).isEmpty();
    assertThat(isOpen(run)).isTrue();
  }

  @Test
  void marks_go_on_behind_the_last_one() {
    complete(created(1));
    complete(created(1));
    RecoveryRun run = begun(10);

    List<Marked> first = commit(tx -> tx.recoveryChecks().mark(run, Marked.NONE, 1, at(10)));
    List<Marked> second = commit(tx -> tx.recoveryChecks().mark(run, first.getLast(), 1, at(10)));
    assertThat(second).hasSize(1).doesNotContainAnyElementsOf(first);
    assertThat(mark(run, second.getLast())).isEmpty();
  }

  @Test
  void a_check_is_ended_by_its_owner_and_may_come_again_for_no_recovery() {
    Session.Completed done = complete(created(1));
    RecoveryRun run = begun(10);
    mark(run, Marked.NONE);
    Due lost = claimChecks(10, 40).getFirst();
    Due mine = claimChecks(40, 70).getFirst();

    assertThat(finish(lost, null)).isFalse();
    commit(tx -> {
      tx.recoveryChecks().delay(mine, at(50));
      return mine;
    });
    Due again = claimChecks(50, 80).getFirst();
    assertThat(again.recoveryId()).isEqualTo(run.recoveryId());
    assertThat(finish(again, 600L)).isTrue();
    assertThat(isOpen(run)).isFalse();
    assertThat(claimChecks(599, 700)).isEmpty();
    Due later = claimChecks(600, 700).getFirst();
    assertThat(later.recoveryId()).isNull();
    assertThat(later.dataset().datasetId()).isEqualTo(datasetOf(done));
    assertThat(finish(later, null)).isTrue();
    assertThat(claimChecks(9000, 9001)).isEmpty();
  }

  @Test
  void a_dataset_may_have_another_object_of_the_same_bytes() {
    Session.Completed done = complete(created(1));
    StoredObject copy = new StoredObject(Uploads.FILE_BYTES, "\"copy\"", null);
    commit(tx -> {
      tx.recoveryChecks().found(world.tenantId(), datasetOf(done), copy);
      return copy;
    });

    assertThat(known(done).object()).isEqualTo(copy);
  }

  @Test
  void whose_an_object_is_is_known_of_the_complete_and_of_what_is_about_to_be() {
    Upload initiating = initiating().upload();
    Session.Uploading open = uploading();
    Session.Completed done = complete(created(1));

    Set<String> claimed =
        read(tx ->
            tx.unclaimedObjects()
                .claimed(
                    world.tenantId(),
                    List.of(datasetOf(done), datasetOf(open)),
                    List.of(initiating.sessionId(), open.upload().sessionId())));
    assertThat(claimed)
        .containsExactlyInAnyOrder(done.upload().location().key(), initiating.location().key());
  }

  @Test
  void what_is_nobody_s_is_registered_once_and_forgotten_when_it_is_somebody_s() {
    RecoveryRun run = begun(10);
    UnclaimedObject one = unclaimed(run, "tenants/x/one");
    UnclaimedObject two = unclaimed(run, "tenants/x/two");
    register(one, two);
    register(unclaimed(run, "tenants/x/one"));

    assertThat(objects(run, null)).containsExactly(two, one);
    assertThat(objects(run, two.objectId())).containsExactly(one);
    commit(tx -> {
      tx.unclaimedObjects().forget(world.tenantId(), List.of(one.location()));
      return one;
    });
    assertThat(objects(run, null)).containsExactly(two);
    Step step = claim(10, 40).orElseThrow();
    save(step, new Next(RecoveryPhase.OBJECTS, "", "", 0, 2, at(41)));
    RecoveryRun counted =
        read(tx -> tx.recoveries().find(world.tenantId(), run.recoveryId())).orElseThrow();
    assertThat(counted.counts().unclaimed()).isEqualTo(1);
  }

  private UnclaimedObject unclaimed(RecoveryRun run, String key) {
    return new UnclaimedObject(
        Ids.next(),
        world.tenantId(),
        run.recoveryId(),
        new ObjectLocation("default", "robot-data", key),
        12,
        "\"e\"",
        null,
        null,
        at(11));
  }

  private void register(UnclaimedObject... objects) {
    commit(tx -> {
      tx.unclaimedObjects().register(List.of(objects));
      return objects;
    });
  }

  private List<UnclaimedObject> objects(RecoveryRun run, @Nullable UUID before) {
    return read(tx -> tx.unclaimedObjects().list(world.tenantId(), run.recoveryId(), before, 10));
  }

  private RecoveryRun begun(long at) {
    RecoveryRun run = RecoveryRun.begun(Ids.next(), world.tenantId(), at(at), "admin");
    assertThat(begin(run)).isTrue();
    return run;
  }

  private boolean begin(RecoveryRun run) {
    return commit(tx -> tx.recoveries().begin(run));
  }

  /** Those of other tests are claimed, too, and left alone. */
  private Optional<Step> claim(long now, long until) {
    Optional<Step> step;
    do {
      step = read(tx -> tx.recoveries().claim(at(now), at(until)));
    } while (step.filter(one -> !one.run().tenantId().equals(world.tenantId())).isPresent());
    return step;
  }

  private boolean save(Step step, Next next) {
    return read(tx -> tx.recoveries().save(step, next));
  }

  private List<Marked> mark(RecoveryRun run, Marked after) {
    return commit(tx -> tx.recoveryChecks().mark(run, after, 100, at(10)));
  }

  private List<Due> claimChecks(long now, long until) {
    return read(tx -> tx.recoveryChecks().claim(at(now), at(until), 1000)).stream()
        .filter(due -> due.dataset().tenantId().equals(world.tenantId()))
        .toList();
  }

  private boolean finish(Due due, @Nullable Long again) {
    return commit(tx -> tx.recoveryChecks().finish(due, again == null ? null : at(again)));
  }

  private boolean isOpen(RecoveryRun run) {
    return read(tx -> tx.recoveryChecks().isOpen(run.recoveryId()));
  }

  private static UUID datasetOf(Session session) {
    return session.upload().owner().datasetId();
  }

  private Dataset known(Session session) {
    return read(tx ->
            tx.datasets()
                .find(world.tenantId(), session.upload().owner().projectId(), datasetOf(session)))
        .orElseThrow();
  }

  private Session.Completed complete(NewTask made) {
    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated initiated =
        moved(first, first.initiated("upload-" + Ids.next(), at(1)), UploadEvent.INITIATED);
    Session.Completing completing =
        moved(initiated, initiated.complete(at(34), at(4)), UploadEvent.COMPLETE_REQUESTED);
    return moved(completing, completing.confirm(OBJECT, null, at(5)), UploadEvent.COMPLETED);
  }
}
