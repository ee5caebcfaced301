package io.waybill.core.access.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Grant;
import io.waybill.core.access.Permission;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.usecase.AccessUseCases.AccessStores;
import io.waybill.core.idempotency.Fingerprint;
import io.waybill.core.idempotency.Once;
import io.waybill.core.idempotency.Remembered;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Takes a grant back: felt at once in this process, within the life of the cache in every other. To
 * take back a DENY is to give, so it takes what giving takes.
 */
public final class DeletePermissionGrant {

  public static final Remembered<Deleted> REMEMBERED =
      new Remembered<>("DELETE_PERMISSION_GRANT", Deleted.class);

  private final Ports<? extends AccessStores> ports;
  private final AccessJournal journal;
  private final Authenticate authenticate;

  public DeletePermissionGrant(Ports<? extends AccessStores> ports, Authenticate authenticate) {
    this.ports = ports;
    this.journal = new AccessJournal(ports.ids());
    this.authenticate = authenticate;
  }

  /** It is gone. */
  public record Deleted(UUID permissionGrantId) {}

  /** The key comes before the grant, which the repeated call does not find any more. */
  public Verdict<Deleted> handle(Caller caller, RequestKey requestKey, UUID permissionGrantId) {
    Instant now = ports.now();
    Once<AccessStores, Deleted> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(permissionGrantId));
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx -> once.within(tx, now, () -> delete(tx, caller, permissionGrantId, now))));
  }

  private Verdict<Deleted> delete(
      AccessStores tx, Caller caller, UUID permissionGrantId, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Optional<PermissionGrant> found = tx.grants().lock(tenantId, permissionGrantId);
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.PERMISSION_GRANT);
    }
    PermissionGrant known = found.get();
    Resource on = on(tx, known);
    return Gate.pass(
            caller.identity(),
            Permission.PERMISSION_GRANT_DELETE,
            on.under(ResourceKind.PERMISSION_GRANT, permissionGrantId),
            now)
        .then(ok -> mayGive(caller, known, on, now))
        .then(ok -> known.isManual() ? Verdict.ok(known) : managed(known))
        .map(ok -> {
          tx.grants().delete(known);
          tx.events().append(journal.ungranted(known, on, caller.origin(), now));
          return new Deleted(permissionGrantId);
        });
  }

  /** What a grant is given on; its tenant when that is there no more. */
  private static Resource on(AccessStores tx, PermissionGrant known) {
    Resource.Node node =
        new Resource.Node(known.grant().resourceKind(), known.grant().resourceId());
    return tx.resources()
        .find(known.tenantId(), node)
        .orElseGet(() -> Resource.tenant(known.tenantId()));
  }

  private static Verdict<Resource> mayGive(
      Caller caller, PermissionGrant known, Resource on, Instant now) {
    boolean isDeny = known.grant().effect() == Grant.Effect.DENY;
    List<Permission> given =
        isDeny ? Permission.of(known.grant().code()).stream().toList() : List.of();
    return Gate.holds(caller.identity(), given, on, now, known.grant().expiresAt());
  }

  private static Verdict<PermissionGrant> managed(PermissionGrant known) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.PERMISSION_GRANT_MANAGED,
                "this grant came with something else; take that back")
            .with("permission_grant_id", known.permissionGrantId().toString())
            .with("source", known.source()));
  }
}
