package io.waybill.core.audit.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.Page;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.access.Gate;
import io.waybill.core.access.Permission;
import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.audit.AuditEventAnswer;
import io.waybill.core.audit.AuditStore;
import io.waybill.core.audit.AuditStores;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who did what in a tenant, newest first. */
public final class ListAuditEvents {

  private final Ports<? extends AuditStores> ports;

  public ListAuditEvents(Ports<? extends AuditStores> ports) {
    this.ports = ports;
  }

  /**
   * One page; null means that it may be anything.
   *
   * @param resourceType with {@code resourceId}: rows of that very resource
   * @param occurredAfter this time included
   * @param occurredBefore this time excluded
   * @param before the last id of the page before; null for the first page
   */
  public record Request(
      @Nullable String actor,
      @Nullable String action,
      @Nullable String resourceType,
      @Nullable UUID resourceId,
      @Nullable Instant occurredAfter,
      @Nullable Instant occurredBefore,
      @Nullable UUID before,
      int limit) {}

  public Verdict<Page<AuditEventAnswer>> handle(Caller caller, Request request) {
    UUID tenant = caller.identity().tenantId();
    return Gate.pass(caller.identity(), Permission.AUDIT_VIEW, Resource.tenant(tenant), ports.now())
        .then(ok -> query(tenant, request))
        .map(query -> page(query, request.limit()));
  }

  private Page<AuditEventAnswer> page(AuditStore.Query query, int limit) {
    List<AuditEventAnswer> found =
        ports.work().read(tx -> tx.auditTrail().list(query)).stream()
            .map(AuditEventAnswer::of)
            .toList();
    return Page.of(found, limit, AuditEventAnswer::auditEventId);
  }

  private static Verdict<AuditStore.Query> query(UUID tenant, Request request) {
    String type = request.resourceType();
    UUID id = request.resourceId();
    Resource.Node on = null;
    if (type != null || id != null) {
      ResourceKind kind = type == null ? null : ResourceKind.WORDS.get(type);
      if (type != null && kind == null) {
        return wrong(
            "resource_type",
            EntryCode.REQUEST_UNKNOWN_VALUE,
            "must be one of " + new TreeSet<>(ResourceKind.WORDS.keySet()));
      }
      if (kind == null || id == null) {
        return wrong(
            kind == null ? "resource_type" : "resource_id",
            EntryCode.REQUEST_FIELD_REQUIRED,
            "must be given with the other");
      }
      on = new Resource.Node(kind, id);
    }
    return Verdict.ok(
        new AuditStore.Query(
            tenant,
            request.actor(),
            request.action(),
            on,
            request.occurredAfter(),
            request.occurredBefore(),
            request.before(),
            request.limit() + 1));
  }

  private static <T> Verdict<T> wrong(String field, EntryCode code, String message) {
    return Verdict.refused(Refusal.invalid(List.of(new FieldError(field, code, message))));
  }
}
