package io.waybill.controlapi.edge;

import io.helidon.http.DirectHandler;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;

/** The body did not arrive as its head had promised: nobody is there to be answered by us. */
final class BrokenRequest extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenRequest(Exception cause) {
    super(cause);
  }

  /** What the server knows how to answer, or to end a connection with. */
  RuntimeException forServer() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof RequestException refused) {
        return refused;
      }
      if (cause instanceof IllegalArgumentException) {
        // The server lets a chunk whose length is no number fall through.
        return RequestException.builder()
            .type(DirectHandler.EventType.BAD_REQUEST)
            .message("The body's framing is broken")
            .setKeepAlive(false)
            .build();
      }
    }
    return new CloseConnectionException("The body of the request did not arrive", getCause());
  }
}
