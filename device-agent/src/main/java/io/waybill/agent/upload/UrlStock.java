package io.waybill.agent.upload;

import io.waybill.wire.Result;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** URLs in hand, each for one part and one attempt. They are never written down. */
final class UrlStock {

  /** A URL this close to its end is not worth starting with. */
  private static final long MARGIN_NANOS = 10_000_000_000L;

  private static final String CHECKSUM = "x-amz-checksum-";

  private static final long DEFAULT_LIFE_SECONDS = 900;

  private final Map<Integer, Held> held = new HashMap<>();

  /** Where one part may go. */
  record Held(URI url, Map<String, String> headers, long goodUntil) {

    /** Never the query: a presigned URL is a secret. */
    @Override
    public String toString() {
      return "Held[" + url.getRawPath() + "]";
    }
  }

  /**
   * Takes in an answer; its life is counted by our own monotonic clock from now on.
   *
   * @param sums by part number, that were told when it was asked for
   */
  void add(Result.Presigned answer, Map<Integer, String> sums, long nanoTime) {
    Long seconds = answer.expiresInSeconds();
    long life = (seconds == null ? DEFAULT_LIFE_SECONDS : seconds) * 1_000_000_000L;
    long until = nanoTime + life - Math.min(MARGIN_NANOS, life / 2);
    for (int part : answer.partNumbers()) {
      Result.PresignedPart url = Objects.requireNonNull(answer.part(part));
      held.put(part, new Held(URI.create(url.url()), headers(answer, url, sums.get(part)), until));
    }
  }

  /** A compact answer only names the headers: the value is the sum that we told. */
  private static Map<String, String> headers(
      Result.Presigned answer, Result.PresignedPart url, @Nullable String sum) {
    Map<String, String> headers = new HashMap<>(url.requiredHeaders());
    if (sum != null) {
      answer.requiredHeaderNames().stream()
          .filter(name -> name.startsWith(CHECKSUM))
          .forEach(name -> headers.put(name, sum));
    }
    return headers;
  }

  @Nullable Held take(int part) {
    return held.remove(part);
  }

  void putBack(int part, Held url) {
    held.put(part, url);
  }

  boolean has(int part) {
    return held.containsKey(part);
  }

  void dropExpired(long nanoTime) {
    held.values().removeIf(url -> nanoTime - url.goodUntil() >= 0);
  }

  int size() {
    return held.size();
  }

  void clear() {
    held.clear();
  }
}
