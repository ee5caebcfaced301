package io.waybill.controlapi.delivery;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.delivery.DeliveryStatus;
import io.waybill.core.delivery.usecase.DeliveryUseCases;
import io.waybill.core.delivery.usecase.ListDeliveries;
import java.util.List;

/** {@code /v1/admin/outbox}: what events have become on their way. */
public final class OutboxRoutes {

  private static final String OUTBOX = "/v1/admin/outbox";
  private static final String LIST = "deliveries";

  private final DeliveryUseCases cases;

  public OutboxRoutes(DeliveryUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(OUTBOX).needs(Permission.ADMIN_UPLOADS).query(OutboxRoutes::page).ok(this::list),
        api.post(OUTBOX + "/{delivery_id}/replay")
            .needs(Permission.ADMIN_UPLOADS)
            .once()
            .ok(this::replay));
  }

  private static ListDeliveries.Request page(Query query) {
    return new ListDeliveries.Request(
        query.oneOf("status", DeliveryStatus.values()),
        query.text("sink"),
        query.cursor(LIST),
        query.limit());
  }

  private Verdict<?> list(Call call, ListDeliveries.Request request) {
    return cases
        .listDeliveries()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> replay(Call call) {
    return cases.replayDelivery().handle(call.caller(), call.requestKey(), call.id("delivery_id"));
  }
}
