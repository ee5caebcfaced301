package io.waybill.controlapi;

import static io.waybill.doors.CoreRequests.request;

import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.Cursor;
import io.waybill.controlapi.edge.Query;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.app.UseCases;
import io.waybill.core.upload.AnswerLimit;
import io.waybill.core.upload.usecase.ListParts;
import io.waybill.wire.Command.PartSource;
import io.waybill.wire.Payloads;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /v1/uploads/{session_id}}: sessions, whole. */
final class SessionRoutes {

  private static final String SESSION = "/v1/uploads/{session_id}";
  private static final String ID = "session_id";
  private static final String EVENTS = "events";
  private static final int MAX_PARTS = 1000;

  /** One page of a timeline. */
  private record EventPage(@Nullable UUID after, int limit) {}

  /** One page of parts. */
  private record PartPage(@Nullable PartSource source, int limit, @Nullable String cursor) {
    boolean needsStorage() {
      return source != null && source != PartSource.DB;
    }
  }

  private final UseCases cases;

  SessionRoutes(UseCases cases) {
    this.cases = cases;
  }

  List<Route> routes(Api api) {
    return List.of(
        api.get(SESSION, query -> query.flag("reconcile"), reconcile -> reconcile, this::get),
        api.post(SESSION + "/parts/presign", 200, this::presign),
        api.post(SESSION + "/parts/ack", 200, this::acknowledge),
        api.get(SESSION + "/parts", SessionRoutes::partPage, PartPage::needsStorage, this::parts),
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
    return cases.uploads().getSession().handle(call.caller(), call.id(ID), reconcile);
  }

  private Verdict<?> presign(Call call) {
    return call.body(bytes -> Payloads.presignParts(bytes, call.id(ID)))
        .then(body ->
            cases.uploads().presignParts().handle(call.caller(), request(body, AnswerLimit.NONE)));
  }

  private Verdict<?> acknowledge(Call call) {
    return call.body(bytes -> Payloads.acknowledgePart(bytes, call.id(ID)))
        .then(body -> cases.uploads().acknowledgeParts().handle(call.caller(), request(body)));
  }

  private static PartPage partPage(Query query) {
    return new PartPage(
        query.oneOf("source", PartSource.values()),
        query.limit(MAX_PARTS, MAX_PARTS),
        query.text("cursor"));
  }

  private Verdict<?> parts(Call call, PartPage page) {
    ListParts.Source source =
        page.source() == null
            ? ListParts.Source.DB
            : ListParts.Source.valueOf(page.source().name());
    return cases
        .uploads()
        .listParts()
        .handle(
            call.caller(),
            new ListParts.Request(call.id(ID), source, page.limit(), page.cursor(), false));
  }

  private Verdict<?> complete(Call call) {
    return call.body(bytes -> Payloads.completeUpload(bytes, call.id(ID)))
        .then(body ->
            cases
                .uploads()
                .completeUpload()
                .handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> abort(Call call) {
    return call.body(bytes -> Payloads.abortUpload(bytes, call.id(ID)))
        .then(body ->
            cases.uploads().abortUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> pause(Call call) {
    return call.body(bytes -> Payloads.pauseUpload(bytes, call.id(ID)))
        .then(body ->
            cases.uploads().pauseUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> resume(Call call) {
    return call.body(bytes -> Payloads.resumeUpload(bytes, call.id(ID)))
        .then(body ->
            cases.uploads().resumeUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> extend(Call call) {
    return call.body(bytes -> Payloads.extendUpload(bytes, call.id(ID)))
        .then(body ->
            cases.uploads().extendUpload().handle(call.caller(), call.requestKey(), request(body)));
  }

  private Verdict<?> events(Call call, EventPage page) {
    return cases
        .uploads()
        .listEvents()
        .handle(call.caller(), call.id(ID), page.after(), page.limit())
        .map(found -> Cursor.page(EVENTS, found));
  }
}
