package io.waybill.core.upload.usecase;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.project.ProjectStores;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Session;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Lets a caller through to a resource, or answers as if it did not exist. A device sees only its
 * own uploads; anybody sees only what a grant shows; who may see but not touch is told so.
 */
public final class Gate {

  private static final Set<Permission> TO_MOVE =
      Set.of(
          Permission.UPLOAD_PRESIGN,
          Permission.UPLOAD_PAUSE,
          Permission.UPLOAD_RESUME,
          Permission.UPLOAD_ABORT,
          Permission.UPLOAD_COMPLETE,
          Permission.UPLOAD_RETRY);

  private Gate() {}

  /** A session for somebody who wants to do something to it. */
  static Verdict<Session> session(
      Caller caller, Optional<Session> found, Permission need, Instant now) {
    if (found.isEmpty() || !mayMeet(caller.identity(), found.get().upload().owner())) {
      return Verdict.refused(ErrorCode.UPLOAD_SESSION_NOT_FOUND, "there is no such upload session");
    }
    Session session = found.get();
    Resource resource = Resource.session(session.upload().owner(), session.upload().sessionId());
    return pass(caller.identity(), need, resource, now, ErrorCode.UPLOAD_SESSION_NOT_FOUND)
        .map(ok -> session);
  }

  /** Whether a caller may do anything to a session but look at it. */
  static boolean mayMove(Caller caller, Session session, Instant now) {
    Resource resource = Resource.session(session.upload().owner(), session.upload().sessionId());
    return TO_MOVE.stream()
        .anyMatch(right -> Authorizer.allows(caller.identity(), right, resource, now));
  }

  /** A device meets its own uploads only; everybody else meets their tenant's. */
  static boolean mayMeet(Identity identity, Owner owner) {
    return identity.tenantId().equals(owner.tenantId())
        && (!identity.isDevice() || identity.id().equals(owner.sourceDeviceId()));
  }

  /**
   * The decision itself: through, 403 for who may see the resource, {@code unseen} for who may not.
   */
  public static Verdict<Resource> pass(
      Identity identity, Permission need, Resource resource, Instant now, ErrorCode unseen) {
    if (Authorizer.allows(identity, need, resource, now)) {
      return Verdict.ok(resource);
    }
    return maySee(identity, resource, now)
        ? Verdict.refused(denied(need, resource))
        : Verdict.refused(unseen, "there is no such " + nameOf(unseen));
  }

  /** A project, for who wants to put something into it or list what is in it. */
  public static Verdict<Resource> project(
      Ports<? extends ProjectStores> ports,
      Identity identity,
      Permission need,
      UUID projectId,
      Instant now) {
    Resource project = Resource.project(identity.tenantId(), projectId);
    Verdict<Resource> verdict = pass(identity, need, project, now, ErrorCode.PROJECT_NOT_FOUND);
    return verdict instanceof Verdict.Refused && isAbsent(ports, identity, projectId)
        ? Verdict.refused(ErrorCode.PROJECT_NOT_FOUND, "there is no such project")
        : verdict;
  }

  /** Asked only where a refusal or an empty list would else say that the project exists. */
  public static boolean isAbsent(
      Ports<? extends ProjectStores> ports, Identity identity, UUID projectId) {
    return ports.work().read(tx -> tx.projects().find(identity.tenantId(), projectId)).isEmpty();
  }

  /** What lies in a project takes {@code dataset.view}; that a project exists, either right. */
  private static boolean maySee(Identity identity, Resource resource, Instant now) {
    boolean isProject = resource.self().kind() == ResourceKind.PROJECT;
    return Authorizer.allows(identity, Permission.DATASET_VIEW, resource, now)
        || (isProject && Authorizer.allows(identity, Permission.PROJECT_VIEW, resource, now));
  }

  private static Refusal denied(Permission need, Resource resource) {
    String kind = resource.self().kind().name().toLowerCase(Locale.ROOT);
    return Refusal.of(
            ErrorCode.AUTH_PERMISSION_DENIED,
            "this needs the permission " + need.code() + " on the " + kind.replace('_', ' '))
        .with("permission", need.code())
        .with("resource_type", kind)
        .with("resource_id", resource.self().id().toString());
  }

  private static String nameOf(ErrorCode unseen) {
    String code = unseen.code();
    return code.substring(0, code.indexOf('.')).replace('_', ' ');
  }
}
