package io.waybill.controlapi.edge;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;

/** Gives our shape to what the server refuses before any route sees it. */
public final class ServerErrors implements DirectHandler {

  private final RequestIds requestIds;

  public ServerErrors(RequestIds requestIds) {
    this.requestIds = requestIds;
  }

  public DirectHandlers handlers() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (EventType type : EventType.values()) {
      handlers.addHandler(type, this);
    }
    return handlers.build();
  }

  @Override
  public TransportResponse handle(
      TransportRequest request,
      EventType eventType,
      Status status,
      ServerResponseHeaders headers,
      String message) {
    String requestId = requestIds.of(request.headers().first(RequestIds.HEADER));
    // The server's own message may repeat what was sent; ours never does.
    HttpAnswer answer = HttpAnswer.refused(refusal(status.code()), requestId);
    TransportResponse.Builder response =
        TransportResponse.builder()
            .status(Status.create(answer.status()))
            .headers(headers)
            .header(RequestIds.HEADER, requestId)
            .header(HeaderNames.CONTENT_TYPE, answer.contentType())
            .keepAlive(false)
            .entity(answer.body());
    answer.headers().forEach((n, v) -> response.header(HeaderValues.create(n, v)));
    return response.build();
  }

  private static Refusal refusal(int status) {
    return switch (status) {
      case 404 -> Refusal.of(ErrorCode.REQUEST_ROUTE_NOT_FOUND, "There is no such route.");
      case 413 -> Refusal.of(ErrorCode.REQUEST_TOO_LARGE, "The body is larger than the limit.");
      default ->
          status < 500
              ? Refusal.of(ErrorCode.REQUEST_MALFORMED, "This is not an HTTP request we can read.")
              : Refusal.of(ErrorCode.INTERNAL, ErrorCode.INTERNAL.meaning());
    };
  }
}
