package io.waybill.controlapi.audit;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.audit.usecase.AuditUseCases;
import io.waybill.core.audit.usecase.ListAuditEvents;
import java.util.List;

/** {@code /v1/audit-events}: who did what. */
public final class AuditRoutes {

  private static final String LIST = "audit_events";

  private final AuditUseCases cases;

  public AuditRoutes(AuditUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get("/v1/audit-events")
            .needs(Permission.AUDIT_VIEW)
            .query(AuditRoutes::page)
            .ok(this::list));
  }

  private static ListAuditEvents.Request page(Query query) {
    return new ListAuditEvents.Request(
        query.text("actor"),
        query.text("action"),
        query.text("resource_type"),
        query.uuid("resource_id"),
        query.instant("occurred_after"),
        query.instant("occurred_before"),
        query.cursor(LIST),
        query.limit());
  }

  private Verdict<?> list(Call call, ListAuditEvents.Request request) {
    return cases
        .listAuditEvents()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }
}
