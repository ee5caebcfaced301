package io.waybill.core.access;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets a caller through to a resource, or answers as if it did not exist. Anybody sees only what a
 * grant shows; who may see but not touch is told so.
 */
public final class Gate {

  private Gate() {}

  /** Through, 403 for who may see the resource, its kind's 404 for who may not. */
  public static Verdict<Resource> pass(
      Identity identity, Permission need, Resource resource, Instant now) {
    ResourceKind kind = resource.self().kind();
    return pass(identity, need, resource, now, absent(kind.missing(), kind.noun()));
  }

  /**
   * The same where what was asked for stands for the resource.
   *
   * @param absent the answer to who may not see it
   */
  public static Verdict<Resource> pass(
      Identity identity, Permission need, Resource resource, Instant now, Refusal absent) {
    if (Authorizer.allows(identity, need, resource, now)) {
      return Verdict.ok(resource);
    }
    return Verdict.refused(maySee(identity, resource, now) ? denied(need, resource) : absent);
  }

  /**
   * For who wants to give these permissions away: nobody gives what they do not have, nor for
   * longer than they have it.
   *
   * @param until the end of what is given; null for none
   */
  public static Verdict<Resource> holds(
      Identity identity,
      Collection<Permission> given,
      Resource resource,
      Instant now,
      @Nullable Instant until) {
    Instant last = until == null ? Instant.MAX : until.minusNanos(1);
    return given.stream()
        .filter(one ->
            !Authorizer.allows(identity, one, resource, now)
                || !Authorizer.allows(identity, one, resource, last))
        .min(Comparator.naturalOrder())
        .map(lacked -> Verdict.<Resource>refused(denied(lacked, resource)))
        .orElseGet(() -> Verdict.ok(resource));
  }

  /**
   * There is nobody here to whom something could be granted. Users and groups are never missing.
   */
  public static <T> Verdict<T> missing(Subject subject) {
    return missing(
        switch (subject.kind()) {
          case DEVICE -> ResourceKind.DEVICE;
          case API_KEY, USER, GROUP -> ResourceKind.API_KEY;
        });
  }

  /** There is no such resource here, or none that this caller may know of. */
  public static <T> Verdict<T> missing(ResourceKind kind) {
    return Verdict.refused(absent(kind.missing(), kind.noun()));
  }

  /** The caller has read another version of it than there is by now. */
  public static <T> Verdict<T> stale(ResourceKind kind, UUID id, long currentVersion) {
    return Verdict.refused(
        Refusal.of(
                ErrorCode.REQUEST_VERSION_CONFLICT,
                "the " + kind.noun() + " has changed since; read it again")
            .with(kind.idField(), id.toString())
            .with("current_version", currentVersion));
  }

  private static Refusal absent(ErrorCode code, String noun) {
    return Refusal.of(code, "there is no such " + noun);
  }

  private static boolean maySee(Identity identity, Resource resource, Instant now) {
    ResourceKind kind = resource.self().kind();
    return kind == ResourceKind.TENANT // its own callers know that it exists
        || kind.shownBy().stream()
            .anyMatch(right -> Authorizer.allows(identity, right, resource, now));
  }

  private static Refusal denied(Permission need, Resource resource) {
    ResourceKind kind = resource.self().kind();
    return Refusal.of(
            ErrorCode.AUTH_PERMISSION_DENIED,
            "this needs the permission " + need.code() + " on the " + kind.noun())
        .with("permission", need.code())
        .with("resource_type", kind.code())
        .with("resource_id", resource.self().id().toString());
  }
}
