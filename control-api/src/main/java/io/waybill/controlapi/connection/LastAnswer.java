package io.waybill.controlapi.connection;

import io.helidon.http.Headers;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;

/** Notes that an answer has said that it is the last of its connection. */
final class LastAnswer implements Http1ConnectionListener {

  @Override
  public void headers(ConnectionContext ctx, Headers headers) {
    if (ctx instanceof PatientContext connection && Framing.isLast(headers)) {
      connection.reader().last();
    }
  }
}
