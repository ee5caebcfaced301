package io.waybill.controlapi.dataset;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.dataset.DatasetFilter;
import io.waybill.core.dataset.DatasetSight;
import io.waybill.core.dataset.DatasetStatus;
import io.waybill.core.dataset.RecoveryStatus;
import io.waybill.core.dataset.ValidationStatus;
import io.waybill.core.dataset.usecase.ChangeDataset;
import io.waybill.core.dataset.usecase.CreateDataset;
import io.waybill.core.dataset.usecase.DatasetUseCases;
import io.waybill.core.dataset.usecase.IssueDownloadUrl;
import io.waybill.core.dataset.usecase.ReadDatasets;
import io.waybill.doors.CoreRequests;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/projects/{project_id}/datasets}: finished data, and the way to its bytes. */
public final class DatasetRoutes {

  private static final String DATASETS = "/v1/projects/{project_id}/datasets";
  private static final String DATASET = DATASETS + "/{dataset_id}";
  private static final String LIST = "datasets";

  /** What a list of datasets can be asked. */
  private record Asked(DatasetFilter filter, @Nullable UUID before, int limit) {}

  private final DatasetUseCases cases;
  private final DatasetSight sight;

  public DatasetRoutes(DatasetUseCases cases, DatasetSight sight) {
    this.cases = cases;
    this.sight = sight;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(DATASETS).needs(Permission.DATASET_VIEW).query(DatasetRoutes::asked).ok(this::list),
        api.post(DATASETS)
            .needs(Permission.DATASET_CREATE)
            .once()
            .body(DatasetBody::read)
            .created(this::create),
        api.get(DATASET).needs(Permission.DATASET_VIEW).ok(this::get),
        api.patch(DATASET)
            .needs(Permission.DATASET_UPDATE)
            .once()
            .body(DatasetBody::patch)
            .ok(this::change),
        api.delete(DATASET).needs(Permission.DATASET_DELETE).once().noContent(this::delete),
        api.post(DATASET + "/download-url")
            .needs(Permission.DATASET_DOWNLOAD)
            .body(DownloadUrlBody::read)
            .ok(this::downloadUrl));
  }

  /** PURGED ones are in no list. */
  private static final DatasetStatus[] LISTED =
      Arrays.stream(DatasetStatus.values())
          .filter(status -> status != DatasetStatus.PURGED)
          .toArray(DatasetStatus[]::new);

  private static Asked asked(Query query) {
    DatasetFilter filter =
        new DatasetFilter(
            query.text("search"),
            query.oneOf("status", LISTED),
            query.oneOf("validation_status", ValidationStatus.values()),
            query.oneOf("recovery_status", RecoveryStatus.values()),
            query.uuid("tag_id"),
            query.uuid("source_device_id"),
            query.text("source_device_code"),
            query.instant("created_after"),
            query.instant("created_before"),
            query.flag("include_deleted"));
    return new Asked(filter, query.cursor(LIST), query.limit());
  }

  private Verdict<?> list(Call call, Asked asked) {
    ReadDatasets.Request request =
        new ReadDatasets.Request(
            call.id("project_id"), asked.filter(), asked.before(), asked.limit());
    return cases.readDatasets().handle(call.caller(), request).map(p -> Cursor.page(LIST, p));
  }

  private Verdict<?> get(Call call) {
    return sight.handle(call.caller(), call.id("project_id"), call.id("dataset_id"));
  }

  private Verdict<?> create(Call call, DatasetBody.New body) {
    CreateDataset.Request request =
        new CreateDataset.Request(call.id("project_id"), body.name(), body.fields());
    return cases.createDataset().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> change(Call call, DatasetBody.Patch body) {
    ChangeDataset.Request request =
        new ChangeDataset.Request(
            call.id("project_id"), call.id("dataset_id"), body.fields(), body.version());
    return cases.changeDataset().handle(call.caller(), call.requestKey(), request);
  }

  private Verdict<?> delete(Call call) {
    return cases
        .deleteDataset()
        .handle(call.caller(), call.requestKey(), call.id("project_id"), call.id("dataset_id"));
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
