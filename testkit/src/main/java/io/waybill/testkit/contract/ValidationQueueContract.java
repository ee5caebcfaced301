package io.waybill.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.dataset.Dataset;
import io.waybill.core.dataset.DatasetPreview;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.PreviewStatus;
import io.waybill.core.dataset.ValidationQueue.Depth;
import io.waybill.core.dataset.ValidationQueue.Due;
import io.waybill.core.dataset.ValidationQueue.Findings;
import io.waybill.core.dataset.ValidationResult;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.project.StoragePolicy;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.storage.StoredObject;
import io.waybill.core.upload.RoomStore.RoomRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.StandingStill;
import io.waybill.core.upload.TaskStore.NewTask;
import io.waybill.core.upload.UploadEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link io.waybill.core.dataset.ValidationQueue}. */
public abstract class ValidationQueueContract extends PortContract {
  private static final Protection AFTERWARDS =
      new Protection(
          ChecksumMode.SERVER_ASYNC_VALIDATE,
          EncryptionMode.NONE,
          null,
          ObjectLockMode.NONE,
          null,
          false);

  private static final StoredObject OBJECT =
      new StoredObject(Uploads.FILE_BYTES, "\"etag-3\"", "v1");

  @Test
  void what_is_complete_and_to_be_validated_is_claimed_once_until_its_claim_ends() {
    UUID dataset = waiting();

    List<Due> mine = claim(10, 70);
    assertThat(mine).extracting(due -> due.dataset().datasetId()).containsExactly(dataset);
    assertThat(mine.getFirst().attempt()).isEqualTo(1);
    assertThat(mine.getFirst().dataset().object()).isEqualTo(OBJECT);
    assertThat(mine.getFirst().checksumMode()).isEqualTo(ChecksumMode.CLIENT_REPORTED);
    assertThat(find(dataset).validationStatus()).isEqualTo(ValidationStatus.RUNNING);
    assertThat(claim(69, 200)).as("its lease holds").isEmpty();
    assertThat(claim(70, 200)).extracting(Due::attempt).containsExactly(2);
  }

  @Test
  void what_needs_no_validation_or_is_not_complete_is_nobody_s() {
    complete(created(1));
    created(Uploads.task(world, world.strict(), world.strictPolicy(), 1, T0));

    assertThat(claim(10, 70)).isEmpty();
    assertThat(depth()).isEqualTo(new Depth(0, null));
  }

  @Test
  void a_claim_is_kept_by_its_owner_alone() {
    UUID dataset = waiting();
    int first = claim(10, 70).getFirst().attempt();

    assertThat(keep(dataset, first, 100)).isTrue();
    assertThat(claim(99, 200)).isEmpty();
    int second = claim(100, 200).getFirst().attempt();
    assertThat(keep(dataset, first, 300)).isFalse();
    assertThat(keep(dataset, second, 300)).isTrue();
  }

  @Test
  void what_was_said_is_written_by_the_owner_of_the_claim_and_by_nobody_else() {
    UUID dataset = waiting();
    long version = find(dataset).version();
    int lost = claim(10, 70).getFirst().attempt();
    int mine = claim(70, 200).getFirst().attempt();

    assertThat(finish(dataset, lost, findings("lost"))).isFalse();
    assertThat(results(dataset)).isEmpty();
    Findings findings = findings("first", "second");
    assertThat(finish(dataset, mine, findings)).isTrue();
    assertThat(results(dataset)).containsExactlyElementsOf(findings.results().reversed());
    assertThat(find(dataset).preview()).isEqualTo(findings.preview());
    assertThat(find(dataset).version()).as("the caller says what becomes of it").isEqualTo(version);
  }

  @Test
  void what_is_looked_at_again_is_due_at_once() {
    UUID dataset = waiting();
    int first = claim(10, 70).getFirst().attempt();
    finish(dataset, first, findings("one"));
    put(dataset, DatasetStatus.QUARANTINED, ValidationStatus.FAILED);
    assertThat(claim(100, 200)).isEmpty();

    put(dataset, DatasetStatus.PROCESSING, ValidationStatus.PENDING);
    assertThat(claim(20, 200)).extracting(Due::attempt).containsExactly(first + 1);
    assertThat(finish(dataset, first, findings("late"))).isFalse();
  }

  @Test
  void what_is_to_be_summed_afterwards_is_ready_and_waits() {
    NewTask made = created(GuardedUploadContract.guarded(Uploads.task(world, 1, T0), AFTERWARDS));
    complete(made);
    UUID dataset = made.task().objects().getFirst().datasetId();

    Dataset ready = ofProject(dataset);
    assertThat(ready.status()).isEqualTo(DatasetStatus.READY);
    assertThat(ready.readyAt()).isEqualTo(at(5));
    assertThat(ready.validationStatus()).isEqualTo(ValidationStatus.PENDING);
    Due mine = claim(10, 70).getFirst();
    assertThat(mine.checksumMode()).isEqualTo(ChecksumMode.SERVER_ASYNC_VALIDATE);
    assertThat(mine.isInUse()).isTrue();
    assertThat(finish(dataset, mine.attempt(), findings("sum"))).isTrue();
    assertThat(claim(90, 200)).as("nobody has judged it yet").hasSize(1);
  }

  @Test
  void those_that_nobody_has_looked_at_come_first_and_only_so_many() {
    waiting();
    UUID looked = claim(10, 20).getFirst().dataset().datasetId();
    UUID second = waiting();
    UUID third = waiting();

    assertThat(depth().waiting()).isEqualTo(3);
    assertThat(unvalidated(world.strictPolicy())).isEqualTo(3);
    assertThat(unvalidated(world.policy())).as("its policy validates nothing").isZero();
    assertThat(depth().oldest()).isEqualTo(at(5));
    assertThat(standing(at(6))).as("since the fifth second").isEqualTo(3);
    assertThat(standing(at(5))).isZero();
    assertThat(claim(30, 90, 2))
        .extracting(due -> due.dataset().datasetId())
        .containsExactlyInAnyOrder(second, third);
    assertThat(claim(30, 90, 2))
        .extracting(due -> due.dataset().datasetId())
        .containsExactly(looked);
  }

  private int unvalidated(StoragePolicy policy) {
    RoomRequest request =
        new RoomRequest(
            world.tenantId(), world.strict().projectId(), policy.storagePolicyId(), null, at(30));
    return read(tx -> tx.rooms().find(request)).orElseThrow().tenantUnvalidated();
  }

  private int standing(Instant since) {
    return read(tx -> tx.census().waiting(since, 100)).getOrDefault(StandingStill.VALIDATION, 0);
  }

  private UUID waiting() {
    NewTask made = created(Uploads.task(world, world.strict(), world.strictPolicy(), 1, T0));
    complete(made);
    return made.task().objects().getFirst().datasetId();
  }

  private void complete(NewTask made) {
    Session.Initiating first = made.sessions().getFirst();
    Session.Initiated initiated =
        moved(first, first.initiated("upload-" + Ids.next(), at(1)), UploadEvent.INITIATED);
    Session.Completing completing =
        moved(initiated, initiated.complete(at(34), at(4)), UploadEvent.COMPLETE_REQUESTED);
    moved(completing, completing.confirm(OBJECT, null, at(5)), UploadEvent.COMPLETED);
  }

  private List<Due> claim(long now, long until) {
    return claim(now, until, 10);
  }

  private List<Due> claim(long now, long until, int limit) {
    return read(tx -> tx.validationQueue().claim(at(now), at(until), limit));
  }

  private boolean keep(UUID dataset, int attempt, long until) {
    return read(tx -> tx.validationQueue().keep(dataset, attempt, at(until)));
  }

  private boolean finish(UUID dataset, int attempt, Findings findings) {
    return commit(tx -> tx.validationQueue().finish(dataset, attempt, findings));
  }

  private Depth depth() {
    return read(tx -> tx.validationQueue().depth());
  }

  private List<ValidationResult> results(UUID dataset) {
    return read(tx -> tx.datasets().validations(world.tenantId(), dataset, 10));
  }

  private Dataset ofProject(UUID dataset) {
    return read(tx -> tx.datasets().find(world.tenantId(), world.project().projectId(), dataset))
        .orElseThrow();
  }

  private void put(UUID dataset, DatasetStatus status, ValidationStatus validation) {
    commit(tx -> {
      Dataset known =
          Objects.requireNonNull(
              tx.datasetChanges()
                  .lock(world.tenantId(), world.strict().projectId(), Set.of(dataset))
                  .get(dataset));
      Dataset after = known.with(known.standing().in(status, null).validated(validation), at(50));
      tx.datasetChanges().update(after);
      return after;
    });
  }

  private Dataset find(UUID dataset) {
    return read(tx -> tx.datasets().find(world.tenantId(), world.strict().projectId(), dataset))
        .orElseThrow();
  }

  private static Findings findings(String... validators) {
    return new Findings(
        List.of(validators).stream()
            .map(name ->
                new ValidationResult(
                    Ids.next(),
                    name,
                    "1",
                    ValidationStatus.FAILED,
                    Map.of("topics", List.of("/camera")),
                    List.of("no footer at byte 12"),
                    at(10),
                    at(11)))
            .toList(),
        new DatasetPreview(PreviewStatus.READY, Map.of("topics", List.of("/camera"))));
  }
}
