package io.waybill.benchmarks.storage;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;

/** The bytes themselves, which go to the store whoever signed for them. */
final class Parts {

  static final int SIZE = 1024;
  private static final String BYTES = "x".repeat(SIZE);

  private Parts() {}

  /** Sends the part; its ETag. */
  static String put(String url) throws IOException {
    URI uri = URI.create(url.replace("\\u0026", "&").replace("\\/", "/"));
    try (Wire wire = new Wire(uri, "")) {
      String head = wire.send("PUT", uri.getRawPath() + "?" + uri.getRawQuery(), BYTES).head();
      int at = head.toLowerCase(Locale.ROOT).indexOf("\r\netag:") + 7;
      return head.substring(at, head.indexOf('\r', at)).strip();
    }
  }
}
