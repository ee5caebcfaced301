package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that has too much to do: 503 to some PUTs of parts, for any page to read. */
public final class Busy {
  private static final String ANSWER =
      String.join(
          "\r\n",
          "HTTP/1.1 503 Slow Down",
          "Access-Control-Allow-Origin: *",
          "Access-Control-Expose-Headers: Retry-After",
          "Retry-After: 1",
          "Content-Length: 36",
          "",
          "<Error><Code>SlowDown</Code></Error>");

  private final AtomicInteger left = new AtomicInteger();

  Busy() {}

  /** So many of the next ones. */
  public void times(int times) {
    left.set(times);
  }

  /** How many are left of those. */
  public int left() {
    return left.get();
  }

  /** Whether this PUT is answered so; then its body is read, and it has its answer. */
  boolean takes(InputStream body, long length, OutputStream client) throws IOException {
    if (left.getAndUpdate(n -> Math.max(0, n - 1)) == 0) {
      return false;
    }
    body.skipNBytes(length);
    client.write(ANSWER.getBytes(ISO_8859_1));
    return true;
  }
}
