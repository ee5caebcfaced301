package io.waybill.core.event;

import io.waybill.core.access.Origin;
import io.waybill.core.access.Resource;
import io.waybill.core.work.IdSource;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Makes the rows that any capability leaves behind. */
public final class Journal {

  private static final String OK = "ok";

  private final IdSource ids;

  public Journal(IdSource ids) {
    this.ids = ids;
  }

  /**
   * An audit row of something that was done.
   *
   * @param details {@code before} and {@code after}, each where it is known, and whatever else
   *     there is to say; never a secret
   */
  public AuditEvent audit(
      EventType what, Resource on, Origin origin, Instant at, Map<String, Object> details) {
    return audit(new Act(what.code(), OK, details), on, origin, at);
  }

  /**
   * An audit row of something whose result is an error code.
   *
   * @param action a word for what was asked for
   */
  public AuditEvent refused(String action, String code, Resource on, Origin origin, Instant at) {
    return refused(action, code, on, origin, at, Map.of());
  }

  /**
   * The same.
   *
   * @param details what else is known of it, without secrets
   */
  public AuditEvent refused(
      String action,
      String code,
      Resource on,
      Origin origin,
      Instant at,
      Map<String, Object> details) {
    return audit(new Act(action, code, details), on, origin, at);
  }

  /**
   * A row for the outbox.
   *
   * @param version of the resource after what happened: consumers order by it
   * @param payload CloudEvents {@code data}; never a secret
   */
  public OutboxEvent outbox(
      EventType what, Resource of, long version, Instant at, Map<String, Object> payload) {
    return new OutboxEvent(
        ids.next(),
        of.tenantId(),
        of.projectId().orElse(null),
        of.self().kind().code(),
        of.self().id(),
        version,
        what.code(),
        at,
        payload);
  }

  private record Act(String action, String result, Map<String, Object> details) {}

  private AuditEvent audit(Act act, Resource on, Origin origin, Instant at) {
    UUID id = ids.next();
    return new AuditEvent(
        id,
        on.tenantId(),
        origin.actor(),
        act.action(),
        on.self().kind().code(),
        on.self().id(),
        act.result(),
        origin.requestId(),
        origin.transport(),
        origin.client(),
        at,
        act.details());
  }
}
