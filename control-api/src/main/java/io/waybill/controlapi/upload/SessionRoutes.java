package io.waybill.controlapi.upload;

import static io.waybill.doors.CoreRequests.request;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.PageRequest;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.wire.Command;
import io.waybill.wire.Payloads;
import java.util.List;

/** {@code /v1/uploads/{session_id}}: sessions, whole; their parts are {@link PartRoutes}. */
public final class SessionRoutes {

  private static final String SESSION = "/v1/uploads/{session_id}";
  private static final String ID = "session_id";
  private static final String EVENTS = "events";

  private final UploadUseCases cases;

  public SessionRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(SESSION)
            .needs(Permission.DATASET_VIEW)
            .query(query -> query.flag("reconcile"))
            .waitingForStorage(reconcile -> reconcile)
            .ok(this::get),
        api.post(SESSION + "/complete")
            .needs(Permission.UPLOAD_COMPLETE)
            .once()
            .waitingForStorage()
            .body((bytes, call) -> Payloads.completeUpload(bytes, call.id(ID)))
            .ok(this::complete),
        api.post(SESSION + "/abort")
            .needs(Permission.UPLOAD_ABORT)
            .once()
            .waitingForStorage()
            .body((bytes, call) -> Payloads.abortUpload(bytes, call.id(ID)))
            .ok(this::abort),
        api.post(SESSION + "/pause")
            .needs(Permission.UPLOAD_PAUSE)
            .once()
            .body((bytes, call) -> Payloads.pauseUpload(bytes, call.id(ID)))
            .ok(this::pause),
        api.post(SESSION + "/resume")
            .needs(Permission.UPLOAD_RESUME)
            .once()
            .body((bytes, call) -> Payloads.resumeUpload(bytes, call.id(ID)))
            .ok(this::resume),
        api.post(SESSION + "/extend")
            .needs(Permission.UPLOAD_PRESIGN)
            .once()
            .body((bytes, call) -> Payloads.extendUpload(bytes, call.id(ID)))
            .ok(this::extend),
        api.get(SESSION + "/events")
            .needs(Permission.DATASET_VIEW)
            .query(PageRequest.of(EVENTS))
            .ok(this::events));
  }

  private Verdict<?> get(Call call, boolean reconcile) {
    return cases.getSession().handle(call.caller(), call.id(ID), reconcile);
  }

  private Verdict<?> complete(Call call, Command.CompleteUpload body) {
    return cases.completeUpload().handle(call.caller(), call.requestKey(), request(body));
  }

  private Verdict<?> abort(Call call, Command.AbortUpload body) {
    return cases.abortUpload().handle(call.caller(), call.requestKey(), request(body));
  }

  private Verdict<?> pause(Call call, Command.PauseUpload body) {
    return cases.pauseUpload().handle(call.caller(), call.requestKey(), request(body));
  }

  private Verdict<?> resume(Call call, Command.ResumeUpload body) {
    return cases.resumeUpload().handle(call.caller(), call.requestKey(), request(body));
  }

  private Verdict<?> extend(Call call, Command.ExtendUpload body) {
    return cases.extendUpload().handle(call.caller(), call.requestKey(), request(body));
  }

  private Verdict<?> events(Call call, PageRequest page) {
    return cases
        .listEvents()
        .handle(call.caller(), call.id(ID), page.cursor(), page.limit())
        .map(found -> Cursor.page(EVENTS, found));
  }
}
