package io.waybill.acceptance.site;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.concurrent.atomic.AtomicInteger;

/** A store that has too much to do: 503 to some PUTs of parts, for any page to read. */
final class Busy {
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

  void times(int times) {
    left.set(times);
  }

  int left() {
    return left.get();
  }

  /** Whether this PUT is answered so. */
  boolean takes() {
    return left.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
  }

  byte[] answer() {
    return ANSWER.getBytes(ISO_8859_1);
  }
}
