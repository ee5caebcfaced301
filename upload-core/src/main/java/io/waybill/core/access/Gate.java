package io.waybill.core.access;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import java.time.Instant;

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

  /** There is no such resource here, or none that this caller may know of. */
  public static <T> Verdict<T> missing(ResourceKind kind) {
    return Verdict.refused(absent(kind.missing(), kind.noun()));
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
