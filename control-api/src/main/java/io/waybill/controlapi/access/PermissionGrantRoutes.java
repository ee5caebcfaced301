package io.waybill.controlapi.access;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.AccessUseCases;
import io.waybill.core.access.usecase.CreatePermissionGrant;
import io.waybill.core.access.usecase.ListPermissionGrants;
import java.util.List;

/** {@code /v1/permission-grants}: who may do what on what. */
public final class PermissionGrantRoutes {

  private static final String GRANTS = "/v1/permission-grants";
  private static final String LIST = "permission_grants";

  private final AccessUseCases cases;

  public PermissionGrantRoutes(AccessUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(GRANTS)
            .needs(Permission.PERMISSION_GRANT_VIEW)
            .query(PermissionGrantRoutes::page)
            .ok(this::list),
        api.post(GRANTS)
            .needs(Permission.PERMISSION_GRANT_CREATE)
            .once()
            .body(NewPermissionGrantBody::read)
            .created(this::create),
        api.delete(GRANTS + "/{permission_grant_id}")
            .needs(Permission.PERMISSION_GRANT_DELETE)
            .once()
            .noContent(this::delete));
  }

  private static ListPermissionGrants.Request page(Query query) {
    return new ListPermissionGrants.Request(
        query.text("subject_type"),
        query.uuid("subject_id"),
        query.text("resource_type"),
        query.uuid("resource_id"),
        query.cursor(LIST),
        query.limit());
  }

  private Verdict<?> list(Call call, ListPermissionGrants.Request request) {
    return cases
        .listPermissionGrants()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> create(Call call, CreatePermissionGrant.Request request) {
    return cases.createPermissionGrant().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    return cases
        .deletePermissionGrant()
        .handle(call.caller(), call.requestKey(), call.id("permission_grant_id"));
  }
}
