package io.waybill.controlapi.upload;

import static io.waybill.doors.CoreRequests.request;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.upload.usecase.UploadUseCases;
import io.waybill.wire.Payloads;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/uploads/{session_id}}: sessions, whole; their parts are {@link PartRoutes}. */
public final class SessionRoutes {

  private static final String SESSION = "/v1/uploads/{session_id}";
  private static final String ID = "session_id";
  private static final String EVENTS = "events";

  /** One page of a timeline. */
  private record EventPage(@Nullable UUID after, int limit) {}

  private final UploadUseCases cases;

  public SessionRoutes(UploadUseCases cases) {
    this.cases = cases;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get(SESSION, query -> query.flag("reconcile"), reconcile -> reconcile, this::get),
        api.postToStorage(SESSION + "/complete", 200, this::complete),
        api.postToStorage(SESSION + "/abort", 200, this::abort),
        api.post(SESSION + "/pause", 200, this::pause),
        api.post(SESSION + "/resume", 200, this::resume),
        api.post(SESSION + "/extend", 200, this::extend),
        api.get(
            SESSION + "/events",
            query -> new EventPage(query.cursor(EVENTS), query.limit()),
            this::events));
  }

  private Verdict<?> get(Call call, boolean reconcile) {
    return cases.getSession().handle(call.caller(), call.id(ID), reconcile);
  }

  private Verdict<?> complete(Call call) {
    return call.body(bytes -> Payloads.completeUpload(bytes, call.id(ID)))
        .then(
            body -> cases.completeUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> abort(Call call) {
    return call.body(bytes -> Payloads.abortUpload(bytes, call.id(ID)))
        .then(body -> cases.abortUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> pause(Call call) {
    return call.body(bytes -> Payloads.pauseUpload(bytes, call.id(ID)))
        .then(body -> cases.pauseUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> resume(Call call) {
    return call.body(bytes -> Payloads.resumeUpload(bytes, call.id(ID)))
        .then(body -> cases.resumeUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> extend(Call call) {
    return call.body(bytes -> Payloads.extendUpload(bytes, call.id(ID)))
        .then(body -> cases.extendUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> events(Call call, EventPage page) {
    return cases
        .listEvents()
        .handle(call.caller(), call.id(ID), page.after(), page.limit())
        .map(found -> Cursor.page(EVENTS, found));
  }
}
