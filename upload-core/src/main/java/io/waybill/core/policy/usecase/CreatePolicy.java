package io.waybill.core.policy.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyAnswer;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Lives;
import io.waybill.core.policy.PolicyProfile.Place;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.policy.PolicyStores;
import io.waybill.core.storage.Protection;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;

/** Gives the tenant a new storage policy. */
public final class CreatePolicy {
  public static final Remembered<PolicyAnswer> REMEMBERED =
      new Remembered<>("CREATE_STORAGE_POLICY", PolicyAnswer.class);

  private static final long PART_BYTES = 64L << 20;
  private static final long URL_LIFE_SECONDS = 900;

  private final Ports<? extends PolicyStores> ports;
  private final PolicyDesk desk;

  CreatePolicy(Ports<? extends PolicyStores> ports, PolicyDesk desk) {
    this.ports = ports;
    this.desk = desk;
  }

  /**
   * What to make.
   *
   * @param fields with these three; what they leave out is as usual
   */
  public record Request(String name, String endpointRef, String bucket, PolicyFields fields) {}

  public Verdict<PolicyAnswer> handle(Caller caller, RequestKey requestKey, Request request) {
    Instant now = ports.now();
    Resource tenant = Resource.tenant(caller.identity().tenantId());
    Once<PolicyStores, PolicyAnswer> once =
        Once.of(REMEMBERED, caller, requestKey, request.fields().addTo(Fingerprint.of(REMEMBERED)));
    return Gate.pass(caller.identity(), Permission.STORAGE_POLICY_MANAGE, tenant, now)
        .then(ok ->
            ports.work().write(tx -> once.within(tx, now, () -> create(tx, caller, request, now))));
  }

  private Verdict<PolicyAnswer> create(
      PolicyStores tx, Caller caller, Request request, Instant now) {
    return desk.check(tx, request.fields().over(usual(request)), null)
        .then(profile -> {
          Policy policy =
              new Policy(ports.ids().next(), caller.identity().tenantId(), profile, 1, now, now);
          desk.makeRoom(tx, policy, caller.origin(), now);
          if (!tx.storagePolicies().insert(policy)) {
            return PolicyDesk.taken(policy);
          }
          tx.events().append(desk.journal().created(policy, caller.origin()));
          return Verdict.ok(PolicyAnswer.of(policy));
        });
  }

  private static PolicyProfile usual(Request request) {
    return new PolicyProfile(
        request.name(),
        PolicyStatus.ACTIVE,
        false,
        new Place(request.endpointRef(), request.bucket(), null),
        PART_BYTES,
        new Lives(URL_LIFE_SECONDS, null, null, null),
        Protection.USUAL,
        List.of(),
        false,
        false);
  }
}
