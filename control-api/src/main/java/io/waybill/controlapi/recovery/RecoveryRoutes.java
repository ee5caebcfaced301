package io.waybill.controlapi.recovery;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.recovery.usecase.RecoveryUseCases;
import java.util.List;

/** {@code /v1/recoveries}: whether datasets have their objects after a restore. */
public final class RecoveryRoutes {

  private static final String RECOVERIES = "/v1/recoveries";
  private static final String RECOVERY = RECOVERIES + "/{recovery_id}";
  private static final String LIST = "recoveries";
  private static final String OBJECTS = "unclaimed_objects";

  private final RecoveryUseCases cases;

  public RecoveryRoutes(RecoveryUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(RECOVERIES)
            .needs(Permission.ADMIN_UPLOADS)
            .query(PageRequest.of(LIST))
            .ok(this::list),
        api.post(RECOVERIES).needs(Permission.ADMIN_UPLOADS).once().created(this::start),
        api.get(RECOVERY).needs(Permission.ADMIN_UPLOADS).ok(this::one),
        api.get(RECOVERY + "/objects")
            .needs(Permission.ADMIN_UPLOADS)
            .query(PageRequest.of(OBJECTS))
            .ok(this::objects));
  }

  private Verdict<?> list(Call call, PageRequest page) {
    return cases
        .read()
        .list(call.caller(), page.cursor(), page.limit())
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> start(Call call) {
    return cases.start().handle(call.caller(), call.requestKey());
  }

  private Verdict<?> one(Call call) {
    return cases.read().one(call.caller(), call.id("recovery_id"));
  }

  private Verdict<?> objects(Call call, PageRequest page) {
    return cases
        .read()
        .objects(call.caller(), call.id("recovery_id"), page.cursor(), page.limit())
        .map(found -> Cursor.page(OBJECTS, found));
  }
}
