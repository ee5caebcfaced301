package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Authorizer;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Identity;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.upload.Owner;
import io.waybill.core.upload.Session;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Lets a caller through to a session. A device meets its own uploads only. */
final class SessionGate {

  private static final Set<Permission> TO_MOVE =
      Set.of(
          Permission.UPLOAD_PRESIGN,
          Permission.UPLOAD_PAUSE,
          Permission.UPLOAD_RESUME,
          Permission.UPLOAD_ABORT,
          Permission.UPLOAD_COMPLETE,
          Permission.UPLOAD_RETRY);

  private SessionGate() {}

  /** For somebody who wants to do something to it. */
  static Verdict<Session> pass(
      Caller caller, Optional<Session> found, Permission need, Instant now) {
    if (found.isEmpty() || !mayMeet(caller.identity(), found.get().upload().owner())) {
      return Gate.missing(ResourceKind.UPLOAD_SESSION);
    }
    Session session = found.get();
    return Gate.pass(caller.identity(), need, session.upload().resource(), now).map(ok -> session);
  }

  /** Whether a caller may do anything to a session but look at it. */
  static boolean mayMove(Caller caller, Session session, Instant now) {
    Resource resource = session.upload().resource();
    return TO_MOVE.stream()
        .anyMatch(right -> Authorizer.allows(caller.identity(), right, resource, now));
  }

  /** A device meets its own uploads only, some keys those of certain devices. */
  static boolean mayMeet(Identity identity, Owner owner) {
    return identity.tenantId().equals(owner.tenantId()) && identity.meets(owner.sourceDeviceId());
  }
}
