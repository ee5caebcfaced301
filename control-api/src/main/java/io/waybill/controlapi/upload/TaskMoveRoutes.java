package io.waybill.controlapi.upload;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.upload.usecase.MoveTask;
import io.waybill.core.upload.usecase.MoveTask.Move;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.Parsed;
import java.util.List;
import java.util.Objects;

/** What is done with all objects of a task at once, or with one of them. */
public final class TaskMoveRoutes {
  private static final String TASK = "/v1/projects/{project_id}/upload-tasks/{task_id}";
  private static final String OBJECT = TASK + "/objects/{object_id}";

  private final UploadUseCases cases;

  public TaskMoveRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        task(api, "/pause", Move.PAUSE),
        task(api, "/resume", Move.RESUME),
        task(api, "/cancel", Move.CANCEL),
        api.post(TASK + "/retry")
            .needs(Move.RETRY.need())
            .once()
            .waitingForStorage()
            .ok(call -> all(call, Move.RETRY, "")),
        object(api, "/pause", Move.PAUSE),
        object(api, "/resume", Move.RESUME),
        object(api, "/cancel", Move.CANCEL));
  }

  private Route task(Api api, String path, Move move) {
    return api.post(TASK + path)
        .needs(move.need())
        .once()
        .body(TaskMoveRoutes::reason)
        .ok((call, reason) -> all(call, move, reason));
  }

  private Route object(Api api, String path, Move move) {
    return api.post(OBJECT + path)
        .needs(move.need())
        .once()
        .body(TaskMoveRoutes::reason)
        .ok((call, reason) -> one(call, move, reason));
  }

  private static Parsed<String> reason(byte[] body) {
    return JsonDocument.readOptional(body, f -> Objects.requireNonNullElse(f.said("reason"), ""));
  }

  private Verdict<?> all(Call call, Move move, String reason) {
    return cases.moveTask().handle(call.caller(), call.requestKey(), request(call, move, reason));
  }

  private Verdict<?> one(Call call, Move move, String reason) {
    return cases
        .moveTask()
        .handle(call.caller(), call.requestKey(), request(call, move, reason), call.id("object_id"))
        .map(moved -> moved.objects().getFirst());
  }

  private static MoveTask.Request request(Call call, Move move, String reason) {
    return new MoveTask.Request(move, call.id("project_id"), call.id("task_id"), reason);
  }
}
