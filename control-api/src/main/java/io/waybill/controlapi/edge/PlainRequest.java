package io.waybill.controlapi.edge;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriPath;
import io.helidon.common.uri.UriQuery;
import io.helidon.http.HeaderName;
import io.helidon.http.Method;
import io.helidon.http.RoutedPath;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request that is here whole, without a connection.
 *
 * @param target path and query, as they stand in the request's first line
 * @param headers by their names, in any case
 */
@SuppressWarnings("ArrayRecordComponent") // read once and never compared
public record PlainRequest(String method, String target, Map<String, String> headers, byte[] body) {

  public PlainRequest {
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = byName;
  }

  Method verb() {
    return Method.create(method);
  }

  UriPath path() {
    int query = target.indexOf('?');
    return UriPath.create(query < 0 ? target : target.substring(0, query));
  }

  /** The request at the route that its path has led it to. */
  Incoming at(RoutedPath path) {
    return new Routed(this, path);
  }

  private record Routed(PlainRequest request, RoutedPath path) implements Incoming {

    @Override
    public Optional<String> header(HeaderName name) {
      return Optional.ofNullable(request.headers().get(name.defaultCase()));
    }

    @Override
    public String variable(String name) {
      return path.pathParameters().get(name);
    }

    @Override
    public Parameters query() {
      int start = request.target().indexOf('?');
      return start < 0 ? UriQuery.empty() : UriQuery.create(request.target().substring(start + 1));
    }

    @Override
    public Optional<InetAddress> peer() {
      return Optional.empty();
    }

    @Override
    public boolean hasBody() {
      return request.body().length > 0;
    }

    @Override
    public InputStream body() {
      return new ByteArrayInputStream(request.body());
    }
  }
}
