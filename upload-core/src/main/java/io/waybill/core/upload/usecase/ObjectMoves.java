package io.waybill.core.upload.usecase;

import io.waybill.core.Verdict;
import io.waybill.core.access.Caller;
import io.waybill.core.idempotency.RequestKey;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.TaskObject;
import io.waybill.core.upload.UploadStores;
import io.waybill.core.work.Ports;
import java.util.UUID;

/** What a session's own command does, for an object of a task. */
final class ObjectMoves {
  private final PauseUpload pause;
  private final ResumeUpload resume;
  private final CancelSession cancel;
  private final RetryObject retry;

  ObjectMoves(Ports<? extends UploadStores> ports, Limits limits) {
    this.pause = new PauseUpload(ports);
    this.resume = new ResumeUpload(ports);
    this.cancel = new CancelSession(ports);
    this.retry = new RetryObject(ports, limits);
  }

  Verdict<?> move(Caller caller, MoveTask.Request request, TaskObject object) {
    UUID session = object.sessionId();
    String reason = request.reason();
    return switch (request.move()) {
      case PAUSE ->
          pause.handle(
              caller,
              RequestKey.NONE,
              new PauseUpload.Request(
                  session, reason.isEmpty() ? null : reason, PauseUpload.Inflight.ALLOW_FINISH));
      case RESUME ->
          resume.handle(caller, RequestKey.NONE, new ResumeUpload.Request(session, reason));
      case CANCEL -> cancel.handle(caller, session, reason);
      case RETRY ->
          retry.handle(
              caller,
              RequestKey.NONE,
              new RetryObject.Request(request.projectId(), request.taskId(), object.objectId()));
    };
  }
}
