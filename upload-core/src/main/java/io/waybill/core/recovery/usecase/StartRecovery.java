package io.waybill.core.recovery.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Origin;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.event.Facts;
import io.waybill.core.event.Journal;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.recovery.RecoveryAnswer;
import io.waybill.core.recovery.RecoveryEvent;
import io.waybill.core.recovery.RecoveryRun;
import io.waybill.core.recovery.RecoveryStore.Step;
import io.waybill.core.recovery.RecoveryStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Begins to compare a tenant's datasets with the stores. While one is under way, that one is
 * answered and no other begins.
 */
public final class StartRecovery {

  public static final Remembered<RecoveryAnswer> REMEMBERED =
      new Remembered<>("START_RECOVERY", RecoveryAnswer.class);

  private final Ports<? extends RecoveryStores> ports;
  private final Marking marking = new Marking();
  private final Journal journal;

  StartRecovery(Ports<? extends RecoveryStores> ports) {
    this.ports = ports;
    this.journal = new Journal(ports.ids());
  }

  public Verdict<RecoveryAnswer> handle(Caller caller, RequestKey requestKey) {
    Instant now = ports.now();
    UUID tenant = caller.identity().tenantId();
    Once<RecoveryStores, RecoveryAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED));
    return Gate.pass(caller.identity(), Permission.ADMIN_UPLOADS, Resource.tenant(tenant), now)
        .then(ok ->
            ports
                .work()
                .write(tx ->
                    once.within(
                        tx, now, () -> Verdict.ok(start(tx, tenant, caller.origin(), now)))));
  }

  /** The same for whoever runs the installation. */
  public RecoveryAnswer handle(UUID tenantId) {
    Instant now = ports.now();
    return ports.work().commit(tx -> start(tx, tenantId, Origin.OPERATOR, now));
  }

  private RecoveryAnswer start(RecoveryStores tx, UUID tenantId, Origin origin, Instant now) {
    RecoveryRun run = RecoveryRun.begun(ports.ids().next(), tenantId, now, origin.actor());
    if (!tx.recoveries().begin(run)) {
      List<RecoveryRun> newest = tx.recoveries().list(tenantId, null, 1);
      if (newest.isEmpty()) {
        throw new IllegalArgumentException("there is no tenant " + tenantId);
      }
      return RecoveryAnswer.of(newest.getFirst());
    }
    Step first = new Step(run, "", "", now);
    tx.recoveries().save(first, marking.batch(tx, first, now));
    tx.events()
        .append(
            Facts.of(
                journal.audit(
                    RecoveryEvent.STARTED,
                    run.resource(),
                    origin,
                    now,
                    Map.of("after", Map.of("status", run.phase().name())))));
    return RecoveryAnswer.of(tx.recoveries().find(tenantId, run.recoveryId()).orElseThrow());
  }
}
