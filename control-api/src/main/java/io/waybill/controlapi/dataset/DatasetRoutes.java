package io.waybill.controlapi.dataset;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.usecase.DatasetUseCases;
import io.waybill.core.dataset.usecase.IssueDownloadUrl;
import io.waybill.core.dataset.usecase.ReadDatasets;
import io.waybill.doors.CoreRequests;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/projects/{project_id}/datasets}: finished data, and the way to its bytes. */
public final class DatasetRoutes {

  private static final String DATASETS = "/v1/projects/{project_id}/datasets";
  private static final String DATASET = DATASETS + "/{dataset_id}";
  private static final String LIST = "datasets";

  /** What a list of datasets can be asked. */
  private record Filter(
      @Nullable String search,
      @Nullable DatasetStatus status,
      @Nullable UUID sourceDeviceId,
      @Nullable Instant createdAfter,
      @Nullable Instant createdBefore,
      @Nullable UUID before,
      int limit) {}

  private final DatasetUseCases cases;

  public DatasetRoutes(DatasetUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(DATASETS)
            .needs(Permission.DATASET_VIEW)
            .query(DatasetRoutes::filter)
            .ok(this::list),
        api.get(DATASET).needs(Permission.DATASET_VIEW).ok(this::get),
        api.post(DATASET + "/download-url")
            .needs(Permission.DATASET_DOWNLOAD)
            .body(DownloadUrlBody::read)
            .ok(this::downloadUrl));
  }

  private static Filter filter(Query query) {
    return new Filter(
        query.text("search"),
        query.oneOf("status", DatasetStatus.values()),
        query.uuid("source_device_id"),
        query.instant("created_after"),
        query.instant("created_before"),
        query.cursor(LIST),
        query.limit());
  }

  private Verdict<?> list(Call call, Filter filter) {
    ReadDatasets.Request request =
        new ReadDatasets.Request(
            call.id("project_id"),
            filter.search(),
            filter.status(),
            filter.sourceDeviceId(),
            filter.createdAfter(),
            filter.createdBefore(),
            filter.before(),
            filter.limit());
    return cases.readDatasets().handle(call.caller(), request).map(p -> Cursor.page(LIST, p));
  }

  private Verdict<?> get(Call call) {
    return cases.readDatasets().handle(call.caller(), call.id("project_id"), call.id("dataset_id"));
  }

  private Verdict<?> downloadUrl(Call call, DownloadUrlBody body) {
    IssueDownloadUrl.Request request =
        new IssueDownloadUrl.Request(
            call.id("project_id"),
            call.id("dataset_id"),
            CoreRequests.seconds(body.expiresInSeconds()),
            body.purpose());
    return cases.issueDownloadUrl().handle(call.caller(), request);
  }
}
