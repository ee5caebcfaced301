package io.waybill.core.dataset.usecase;

import static io.waybill.core.fixture.World.refusal;
import static io.waybill.core.fixture.World.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.fixture.Registry;
import io.waybill.core.fixture.World;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.storage.LockBypass;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import io.waybill.core.upload.Answer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the store locks is purged before its date by who may, in GOVERNANCE mode alone. */
class PurgeLockedTest {

  private final World world = new World();
  private UUID dataset = new UUID(0, 0);
  private ObjectLocation location = new ObjectLocation("", "", "");

  private void locked(ObjectLockMode mode) {
    Protection usual = Registry.policy().protection();
    world.database.addPolicy(
        Registry.TENANT,
        Registry.policy(
            new Protection(usual.checksum(), usual.encryption(), null, mode, 7, false), false));
    Answer.TaskObject object = world.start();
    dataset = object.datasetId();
    location = world.stored(object.sessionId()).upload().location();
    world.putAll(object.sessionId());
    value(world.clients.complete(object.sessionId(), RequestKey.NONE));
    value(
        world
            .all
            .datasets()
            .deleteDataset()
            .handle(Registry.person(), RequestKey.NONE, Registry.PROJECT, dataset));
  }

  private Verdict<PurgeDataset.Purged> purge(Caller caller) {
    return world
        .all
        .datasets()
        .purgeDataset()
        .handle(
            caller,
            RequestKey.NONE,
            new PurgeDataset.Request(Registry.PROJECT, dataset, /* isConfirmed= */ true));
  }

  private static Caller purger() {
    return Registry.having(
        Registry.allow(ResourceKind.TENANT, Registry.TENANT, Permission.DATASET_VIEW),
        Registry.allow(ResourceKind.TENANT, Registry.TENANT, Permission.DATASET_PURGE));
  }

  @Test
  void who_may_purge_but_not_go_past_a_lock_is_told_until_when_it_holds() {
    locked(ObjectLockMode.GOVERNANCE);
    assertThat(refusal(purge(purger())).details())
        .containsEntry("kept_by", List.of("object_lock"))
        .containsKey("locked_until");
    assertThat(world.storage.head(location)).isPresent();
  }

  @Test
  void who_may_goes_past_it_and_that_is_written_down() {
    locked(ObjectLockMode.GOVERNANCE);

    value(purge(Registry.person()));

    assertThat(world.storage.head(location)).isEmpty();
    assertThat(world.store.bypasses()).containsExactly(LockBypass.GOVERNANCE);
    assertThat(world.database.facts().audit())
        .filteredOn(row -> row.action().equals("dataset.purge_requested"))
        .singleElement()
        .extracting(AuditEvent::details)
        .asString()
        .contains("GOVERNANCE");
  }

  @Test
  void nobody_goes_past_a_lock_in_compliance_mode() {
    locked(ObjectLockMode.COMPLIANCE);
    assertThat(refusal(purge(Registry.person())).details())
        .containsEntry("kept_by", List.of("object_lock"));
    assertThat(world.storage.head(location)).isPresent();
  }
}
