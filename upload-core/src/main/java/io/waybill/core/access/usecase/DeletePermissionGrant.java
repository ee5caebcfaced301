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
import org.jspecify.annotations.Nullable;

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

  /**
   * It is gone.
   *
   * @param onKind of what it was given on; null where an older replica has remembered it
   * @param onId of the same
   */
  public record Deleted(
      UUID permissionGrantId, @Nullable ResourceKind onKind, @Nullable UUID onId) {}

  /** The key comes before the grant, which the repeated call does not find any more. */
  public Verdict<Deleted> handle(Caller caller, RequestKey requestKey, UUID permissionGrantId) {
    Instant now = ports.now();
    Once<AccessStores, Deleted> once =
        Once.of(REMEMBERED, caller, requestKey, Fingerprint.of(REMEMBERED).add(permissionGrantId));
    return authenticate.changing(() ->
        ports
            .work()
            .write(tx ->
                once.within(
                    tx,
                    now,
                    before -> stillMay(tx, caller, before, now).map(ok -> before),
                    () -> delete(tx, caller, permissionGrantId, now))));
  }

  private Verdict<Deleted> delete(
      AccessStores tx, Caller caller, UUID permissionGrantId, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    Optional<PermissionGrant> found = tx.grants().lock(tenantId, permissionGrantId);
    if (found.isEmpty()) {
      return Gate.missing(ResourceKind.PERMISSION_GRANT);
    }
    PermissionGrant known = found.get();
    Grant grant = known.grant();
    Resource on = on(tx, tenantId, new Resource.Node(grant.resourceKind(), grant.resourceId()));
    return pass(caller, on, permissionGrantId, now)
        .then(ok -> mayGive(caller, known, on, now))
        .then(ok -> known.isManual() ? Verdict.ok(known) : managed(known))
        .map(ok -> {
          tx.grants().delete(known);
          tx.events().append(journal.ungranted(known, on, caller.origin(), now));
          Resource.Node self = on.self();
          return new Deleted(permissionGrantId, self.kind(), self.id());
        });
  }

  /** For who repeats it: the grant is gone, and what it was given on is not. */
  private static Verdict<Resource> stillMay(
      AccessStores tx, Caller caller, Deleted before, Instant now) {
    UUID tenantId = caller.identity().tenantId();
    ResourceKind kind = before.onKind();
    UUID id = before.onId();
    Resource on =
        kind == null || id == null
            ? Resource.tenant(tenantId)
            : on(tx, tenantId, new Resource.Node(kind, id));
    return pass(caller, on, before.permissionGrantId(), now);
  }

  private static Verdict<Resource> pass(
      Caller caller, Resource on, UUID permissionGrantId, Instant now) {
    return Gate.pass(
        caller.identity(),
        Permission.PERMISSION_GRANT_DELETE,
        on.under(ResourceKind.PERMISSION_GRANT, permissionGrantId),
        now);
  }

  /** What a grant is given on; its tenant when that is there no more. */
  private static Resource on(AccessStores tx, UUID tenantId, Resource.Node node) {
    return tx.resources().find(tenantId, node).orElseGet(() -> Resource.tenant(tenantId));
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
