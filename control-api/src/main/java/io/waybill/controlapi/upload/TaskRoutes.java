package io.waybill.controlapi.upload;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.usecase.ListUploadTasks;
import io.waybill.core.upload.usecase.RetryObject;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.doors.CoreRequests;
import io.waybill.wire.Command;
import io.waybill.wire.Payloads;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/projects/{project_id}/upload-tasks}: where every upload begins. */
public final class TaskRoutes {

  private static final String TASKS = "/v1/projects/{project_id}/upload-tasks";
  private static final String TASK = TASKS + "/{task_id}";
  private static final String OBJECT = TASK + "/objects/{object_id}";
  private static final String LIST = "upload_tasks";

  /** What a list of tasks can be asked. */
  private record Filter(
      @Nullable TaskStatus status,
      @Nullable UUID sourceDeviceId,
      @Nullable String sourceDeviceCode,
      @Nullable Instant createdAfter,
      @Nullable UUID before,
      int limit) {}

  private final UploadUseCases cases;

  public TaskRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.post(TASKS)
            .needs(Permission.DATASET_UPLOAD, Permission.UPLOAD_CREATE)
            .once()
            .waitingForStorage()
            .body((bytes, call) -> Payloads.createSession(bytes, call.id("project_id")))
            .created(this::create),
        api.get(TASKS).needs(Permission.DATASET_VIEW).query(TaskRoutes::filter).ok(this::list),
        api.get(TASK).needs(Permission.DATASET_VIEW).ok(this::get),
        api.get(OBJECT).needs(Permission.DATASET_VIEW).ok(this::object),
        api.post(OBJECT + "/retry")
            .needs(Permission.UPLOAD_RETRY)
            .once()
            .waitingForStorage()
            .ok(this::retry));
  }

  private Verdict<?> create(Call call, Command.CreateSession body) {
    return cases
        .createUploadTask()
        .handle(call.caller(), call.requestKey(), CoreRequests.request(body), AnswerLimit.NONE);
  }

  private static Filter filter(Query query) {
    return new Filter(
        query.oneOf("status", TaskStatus.values()),
        query.uuid("source_device_id"),
        query.text("source_device_code"),
        query.instant("created_after"),
        query.cursor(LIST),
        query.limit());
  }

  private Verdict<?> list(Call call, Filter filter) {
    ListUploadTasks.Request request =
        new ListUploadTasks.Request(
            call.id("project_id"),
            filter.status(),
            filter.sourceDeviceId(),
            filter.sourceDeviceCode(),
            filter.createdAfter(),
            filter.before(),
            filter.limit());
    return cases
        .listUploadTasks()
        .handle(call.caller(), request)
        .map(page -> Cursor.page(LIST, page));
  }

  private Verdict<?> get(Call call) {
    return cases.getUploadTask().handle(call.caller(), call.id("project_id"), call.id("task_id"));
  }

  private Verdict<?> object(Call call) {
    return cases
        .getUploadTask()
        .handle(call.caller(), call.id("project_id"), call.id("task_id"), call.id("object_id"));
  }

  private Verdict<?> retry(Call call) {
    RetryObject.Request request =
        new RetryObject.Request(call.id("project_id"), call.id("task_id"), call.id("object_id"));
    return cases.retryObject().handle(call.caller(), call.requestKey(), request);
  }
}
