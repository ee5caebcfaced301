package io.waybill.controlapi.dataset;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.dataset.usecase.ChangeDatasets;
import io.waybill.core.dataset.usecase.ChangeDatasets.Item;
import io.waybill.core.dataset.usecase.DatasetUseCases;
import io.waybill.wire.Parsed;
import java.util.List;
import java.util.function.Function;

/** {@code …/datasets/bulk}: one change of many. */
public final class DatasetBulkRoutes {

  private static final String BULK = "/v1/projects/{project_id}/datasets/bulk";

  private final DatasetUseCases cases;

  public DatasetBulkRoutes(DatasetUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        route(api, "/rename", BulkBody::rename),
        route(api, "/metadata", BulkBody::metadata),
        route(api, "/tags", BulkBody::tags));
  }

  private Route route(Api api, String what, Function<byte[], Parsed<List<Item>>> body) {
    return api.patch(BULK + what)
        .needs(Permission.DATASET_UPDATE)
        .once()
        .body(body)
        .ok(this::change);
  }

  private Verdict<?> change(Call call, List<Item> items) {
    ChangeDatasets.Request request = new ChangeDatasets.Request(call.id("project_id"), items);
    return cases.changeDatasets().handle(call.caller(), call.requestKey(), request);
  }
}
