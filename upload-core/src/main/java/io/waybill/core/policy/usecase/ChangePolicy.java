package io.waybill.core.policy.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyAnswer;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Changes a storage policy, for uploads that are made from now on. */
public final class ChangePolicy {
  public static final Remembered<PolicyAnswer> REMEMBERED =
      new Remembered<>("CHANGE_STORAGE_POLICY", PolicyAnswer.class);

  private final Ports<? extends PolicyStores> ports;
  private final PolicyDesk desk;

  ChangePolicy(Ports<? extends PolicyStores> ports, PolicyDesk desk) {
    this.ports = ports;
    this.desk = desk;
  }

  /**
   * What to change.
   *
   * @param version that the caller has read; null for whichever it is
   */
  public record Request(UUID storagePolicyId, PolicyFields fields, @Nullable Long version) {}

  public Verdict<PolicyAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Once<PolicyStores, PolicyAnswer> once =
        Once.of(
            REMEMBERED,
            caller,
            requestKey,
            request
                .fields()
                .addTo(Fingerprint.of(REMEMBERED).add(request.storagePolicyId()))
                .add(request.version()));
    return ports
        .work()
        .write(tx ->
            pass(tx, caller, request, now)
                .then(
                    known -> once.within(tx, now, () -> change(tx, caller, request, known, now))));
  }

  private static Verdict<Policy> pass(
      PolicyStores tx, Caller caller, Request request, Instant now) {
    Optional<Policy> found =
        tx.storagePolicies().lock(caller.identity().tenantId(), request.storagePolicyId());
    return found.isEmpty()
        ? Gate.missing(ResourceKind.STORAGE_POLICY)
        : Gate.pass(
                caller.identity(), Permission.STORAGE_POLICY_MANAGE, found.get().resource(), now)
            .map(ok -> found.get());
  }

  private Verdict<PolicyAnswer> change(
      PolicyStores tx, Caller caller, Request request, Policy known, Instant now) {
    if (request.version() != null && request.version() != known.version()) {
      return Gate.stale(ResourceKind.STORAGE_POLICY, known.storagePolicyId(), known.version());
    }
    PolicyProfile wanted = request.fields().over(known.profile());
    return wanted.equals(known.profile())
        ? Verdict.ok(PolicyAnswer.of(known))
        : desk.check(tx, wanted, known.profile())
            .then(profile -> write(tx, caller, known, known.changed(profile, now)));
  }

  private Verdict<PolicyAnswer> write(PolicyStores tx, Caller caller, Policy known, Policy after) {
    desk.makeRoom(tx, after, caller.origin(), after.updatedAt());
    if (!tx.storagePolicies().update(after)) {
      return PolicyDesk.taken(after);
    }
    tx.events().append(desk.journal().changed(known, after, caller.origin()));
    return Verdict.ok(PolicyAnswer.of(after));
  }
}
