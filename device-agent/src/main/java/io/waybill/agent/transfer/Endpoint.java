package io.waybill.agent.transfer;

import java.net.URI;
import java.util.Locale;

/** What connections are shared by. */
record Endpoint(boolean encrypted, String host, int port) {

  static Endpoint of(URI url) {
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if ((!scheme.equals("http") && !scheme.equals("https")) || url.getHost() == null) {
      throw new IllegalArgumentException("a part can only go to http or https, not " + scheme);
    }
    boolean encrypted = scheme.equals("https");
    int port = url.getPort() > 0 ? url.getPort() : encrypted ? 443 : 80;
    return new Endpoint(encrypted, url.getHost(), port);
  }

  /** As people write it; never a path or a query. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
