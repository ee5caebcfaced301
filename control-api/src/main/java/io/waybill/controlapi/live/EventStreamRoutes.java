package io.waybill.controlapi.live;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.waybill.controlapi.edge.Api;
import io.waybill.controlapi.edge.Call;
import io.waybill.controlapi.edge.HttpAnswer;
import io.waybill.controlapi.edge.Route;
import io.waybill.core.Verdict;
import io.waybill.core.access.Permission;
import java.util.List;

/** {@code /v1/projects/{project_id}/events/stream}: what happens, while it happens. */
public final class EventStreamRoutes {

  private static final HeaderName LAST_EVENT_ID = HeaderNames.create("Last-Event-ID");

  private final EventStreams streams;

  public EventStreamRoutes(EventStreams streams) {
    this.streams = streams;
  }

  public List<Route> routes(Api api) {
    return List.of(
        api.get("/v1/projects/{project_id}/events/stream")
            .needs(Permission.DATASET_VIEW)
            .streamed(this::open));
  }

  private Verdict<HttpAnswer.Stream> open(Call call) {
    return streams.open(
        new EventStream.Asked(
            call.caller().identity(),
            call.id("project_id"),
            call.header(LAST_EVENT_ID).filter(id -> !id.isEmpty()).orElse(null),
            call::identifiedAnew));
  }
}
