package io.waybill.controlapi.access;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.access.usecase.AccessUseCases;
import io.waybill.core.access.usecase.CreateApiKey;
import io.waybill.core.access.usecase.ListApiKeys;
import java.util.List;

/** {@code /v1/api-keys}: the keys of the caller's tenant. */
public final class ApiKeyRoutes {

  private static final String KEYS = "/v1/api-keys";
  private static final String LIST = "api_keys";

  private final AccessUseCases cases;

  public ApiKeyRoutes(AccessUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(KEYS).needs(Permission.API_KEY_VIEW).query(ApiKeyRoutes::page).ok(this::list),
        api.post(KEYS)
            .needs(Permission.API_KEY_CREATE)
            .once()
            .body(NewApiKeyBody::read)
            .created(this::create),
        api.delete(KEYS + "/{api_key_id}")
            .needs(Permission.API_KEY_DELETE)
            .once()
            .noContent(this::revoke));
  }

  private static ListApiKeys.Request page(Query query) {
    return new ListApiKeys.Request(query.text("prefix"), query.cursor(LIST), query.limit());
  }

  private Verdict<?> list(Call call, ListApiKeys.Request request) {
    return cases
        .listApiKeys()
        .handle(call.caller(), request)
        .map(found -> Cursor.page(LIST, found));
  }

  private Verdict<?> create(Call call, NewApiKeyBody body) {
    CreateApiKey.Request request =
        new CreateApiKey.Request(body.name(), body.expiresInSeconds(), body.deviceIds());
    return cases.createApiKey().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> revoke(Call call) {
    return cases.revokeApiKey().handle(call.caller(), call.requestKey(), call.id("api_key_id"));
  }
}
