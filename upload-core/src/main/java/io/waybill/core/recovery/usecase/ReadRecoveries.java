package io.waybill.core.recovery.usecase;

import io.waybill.core.Page;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.recovery.UnclaimedObject;
import io.waybill.core.recovery.UnclaimedObjectAnswer;
import io.waybill.core.work.Ports;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How far recoveries are, and what they have found. */
public final class ReadRecoveries {

  private final Ports<? extends RecoveryStores> ports;

  ReadRecoveries(Ports<? extends RecoveryStores> ports) {
    this.ports = ports;
  }

  /** A tenant's, newest first. */
  public Verdict<Page<RecoveryAnswer>> list(Caller caller, @Nullable UUID before, int limit) {
    UUID tenant = caller.identity().tenantId();
    return pass(caller, Resource.tenant(tenant)).map(ok -> page(tenant, before, limit));
  }

  private Page<RecoveryAnswer> page(UUID tenant, @Nullable UUID before, int limit) {
    List<RecoveryRun> found =
        ports.work().read(tx -> tx.recoveries().list(tenant, before, limit + 1));
    return Page.of(
        found.stream().map(RecoveryAnswer::of).toList(), limit, RecoveryAnswer::recoveryId);
  }

  /** One of them. */
  public Verdict<RecoveryAnswer> one(Caller caller, UUID recoveryId) {
    return find(caller, recoveryId).map(RecoveryAnswer::of);
  }

  /** The objects that no dataset has, which it has registered for review, newest first. */
  public Verdict<Page<UnclaimedObjectAnswer>> objects(
      Caller caller, UUID recoveryId, @Nullable UUID before, int limit) {
    return find(caller, recoveryId)
        .map(run ->
            Page.of(
                objects(run, before, limit + 1), limit, UnclaimedObjectAnswer::unclaimedObjectId));
  }

  private List<UnclaimedObjectAnswer> objects(RecoveryRun run, @Nullable UUID before, int limit) {
    List<UnclaimedObject> found =
        ports
            .work()
            .read(
                tx -> tx.unclaimedObjects().list(run.tenantId(), run.recoveryId(), before, limit));
    return found.stream().map(UnclaimedObjectAnswer::of).toList();
  }

  /** The newest of a tenant, for whoever runs the installation. */
  public Optional<RecoveryAnswer> newest(UUID tenantId) {
    return ports.work().read(tx -> tx.recoveries().list(tenantId, null, 1)).stream()
        .map(RecoveryAnswer::of)
        .findFirst();
  }

  /** What it has registered, as far as a person reads. */
  public List<UnclaimedObjectAnswer> registered(UUID tenantId, UUID recoveryId, int limit) {
    return ports
        .work()
        .read(tx -> tx.recoveries().find(tenantId, recoveryId))
        .map(run -> objects(run, null, limit))
        .orElse(List.of());
  }

  private Verdict<RecoveryRun> find(Caller caller, UUID recoveryId) {
    UUID tenant = caller.identity().tenantId();
    return pass(caller, Resource.tenant(tenant).under(ResourceKind.RECOVERY, recoveryId))
        .then(ok ->
            ports
                .work()
                .read(tx -> tx.recoveries().find(tenant, recoveryId))
                .map(Verdict::ok)
                .orElseGet(() -> Gate.missing(ResourceKind.RECOVERY)));
  }

  private Verdict<Resource> pass(Caller caller, Resource resource) {
    return Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, resource, ports.now());
  }
}
