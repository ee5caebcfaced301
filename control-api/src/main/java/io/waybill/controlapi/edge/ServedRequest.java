package io.waybill.controlapi.edge;

import io.helidon.common.parameters.Parameters;
import io.helidon.http.HeaderName;
import io.helidon.webserver.http.ServerRequest;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A request that the server reads from a connection. */
record ServedRequest(ServerRequest request) implements Incoming {

  @Override
  public Optional<String> header(HeaderName name) {
    return request.headers().first(name);
  }

  @Override
  public String variable(String name) {
    return request.path().pathParameters().get(name);
  }

  @Override
  public Parameters query() {
    return request.query();
  }

  @Override
  public Optional<InetAddress> peer() {
    return request.remotePeer().address() instanceof InetSocketAddress inet
        ? Optional.ofNullable(inet.getAddress())
        : Optional.empty();
  }

  @Override
  public boolean hasBody() {
    return request.content().hasEntity();
  }

  @Override
  public InputStream body() {
    return request.content().inputStream();
  }
}
