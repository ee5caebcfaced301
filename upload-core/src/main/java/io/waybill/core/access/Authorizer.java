package io.waybill.core.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * The one evaluator of permissions. A grant on a tenant or a project holds for everything under it;
 * DENY beats ALLOW; nothing is allowed that no grant allows.
 */
public final class Authorizer {

  private Authorizer() {}

  private static boolean isBeyond(Identity identity, Permission permission) {
    return !identity.onlyDevices().isEmpty() && !DeviceAccess.OF_KEYS.contains(permission);
  }

  public static boolean allows(
      Identity identity, Permission permission, Resource resource, Instant now) {
    if (isBeyond(identity, permission)) {
      return false;
    }
    boolean allowed = false;
    for (Grant grant : identity.grants()) {
      if (grant.code().equals(permission.code())
          && grant.existsAt(now)
          && resource.liesUnder(grant)) {
        if (grant.effect() == Grant.Effect.DENY) {
          return false;
        }
        allowed = true;
      }
    }
    return allowed;
  }

  /** The projects in which a caller holds a permission: the filter of every list. */
  public static ProjectScope scope(Identity identity, Permission permission, Instant now) {
    return scope(identity, permission, ResourceKind.PROJECT, now);
  }

  /** The same of another kind of resources that lie right under the tenant. */
  public static ProjectScope scope(
      Identity identity, Permission permission, ResourceKind kind, Instant now) {
    Predicate<Grant> live = grant -> grant.existsAt(now) && grant.code().equals(permission.code());
    boolean tenantDenied = has(identity, live, ResourceKind.TENANT, Grant.Effect.DENY);
    boolean tenantAllowed = has(identity, live, ResourceKind.TENANT, Grant.Effect.ALLOW);
    if (tenantDenied || isBeyond(identity, permission)) {
      return new ProjectScope(false, Set.of(), Set.of());
    }
    return new ProjectScope(
        tenantAllowed,
        those(identity, live, kind, Grant.Effect.ALLOW),
        those(identity, live, kind, Grant.Effect.DENY));
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

  /** Resources of every kind that a DENY of their own hides, with all that is under them. */
  public static Set<UUID> denied(Identity identity, Permission permission, Instant now) {
    return identity.grants().stream()
        .filter(g -> g.existsAt(now) && g.code().equals(permission.code()))
        .filter(g -> g.effect() == Grant.Effect.DENY)
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

  private static Set<UUID> those(
      Identity identity, Predicate<Grant> live, ResourceKind kind, Grant.Effect effect) {
    return identity.grants().stream()
        .filter(g -> live.test(g) && g.effect() == effect && g.resourceKind() == kind)
        .map(Grant::resourceId)
        .collect(toUnmodifiableSet());
  }
}
