package io.waybill.core.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The one evaluator of permissions. A grant on a tenant or a project holds for everything under it;
 * DENY beats ALLOW; nothing is allowed that no grant allows.
 */
public final class Authorizer {

  /** What a project grant lets a device do and see, of its own uploads only. */
  private static final Set<Permission> DEVICE_PERMISSIONS =
      Set.of(
          Permission.UPLOAD_CREATE,
          Permission.UPLOAD_PRESIGN,
          Permission.UPLOAD_PAUSE,
          Permission.UPLOAD_RESUME,
          Permission.UPLOAD_ABORT,
          Permission.UPLOAD_COMPLETE,
          Permission.UPLOAD_RETRY,
          Permission.PROJECT_VIEW,
          Permission.DATASET_VIEW);

  private Authorizer() {}

  public static boolean allows(
      Identity identity, Permission permission, Resource resource, Instant now) {
    Predicate<Grant> applies =
        grant ->
            grant.existsAt(now)
                && grant.code().equals(permission.code())
                && resource.liesUnder(grant);
    boolean denied =
        identity.grants().stream()
            .anyMatch(g -> g.effect() == Grant.Effect.DENY && applies.test(g));
    return !denied
        && (fromDeviceGrant(identity, permission, resource)
            || identity.grants().stream()
                .anyMatch(g -> g.effect() == Grant.Effect.ALLOW && applies.test(g)));
  }

  private static boolean fromDeviceGrant(
      Identity identity, Permission permission, Resource resource) {
    return identity.isDevice()
        && DEVICE_PERMISSIONS.contains(permission)
        && resource.path().stream()
            .anyMatch(node ->
                node.kind() == ResourceKind.PROJECT
                    && identity.deviceProjects().contains(node.id()));
  }

  /** The projects in which a caller holds a permission: the filter of every list. */
  public static ProjectScope scope(Identity identity, Permission permission, Instant now) {
    Predicate<Grant> live = grant -> grant.existsAt(now) && grant.code().equals(permission.code());
    boolean tenantDenied = has(identity, live, ResourceKind.TENANT, Grant.Effect.DENY);
    boolean tenantAllowed = has(identity, live, ResourceKind.TENANT, Grant.Effect.ALLOW);
    if (tenantDenied) {
      return new ProjectScope(false, Set.of(), Set.of());
    }
    Set<UUID> allowed = new HashSet<>(projects(identity, live, Grant.Effect.ALLOW));
    if (identity.isDevice() && DEVICE_PERMISSIONS.contains(permission)) {
      allowed.addAll(identity.deviceProjects());
    }
    return new ProjectScope(tenantAllowed, allowed, projects(identity, live, Grant.Effect.DENY));
  }

  /** Resources of a kind that a DENY of their own hides: what a list leaves out. */
  public static Set<UUID> denied(
      Identity identity, Permission permission, ResourceKind kind, Instant now) {
    return identity.grants().stream()
        .filter(g -> g.existsAt(now) && g.code().equals(permission.code()))
        .filter(g -> g.effect() == Grant.Effect.DENY && g.resourceKind() == kind)
        .map(Grant::resourceId)
        .collect(toUnmodifiableSet());
  }

  private static boolean has(
      Identity identity, Predicate<Grant> live, ResourceKind kind, Grant.Effect effect) {
    return identity.grants().stream()
        .anyMatch(g ->
            live.test(g)
                && g.effect() == effect
                && g.resourceKind() == kind
                && g.resourceId().equals(identity.tenantId()));
  }

  private static Set<UUID> projects(Identity identity, Predicate<Grant> live, Grant.Effect effect) {
    return identity.grants().stream()
        .filter(
            g -> live.test(g) && g.effect() == effect && g.resourceKind() == ResourceKind.PROJECT)
        .map(Grant::resourceId)
        .collect(toUnmodifiableSet());
  }
}
