package io.waybill.agent.download;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.http.PatientApi;
import io.waybill.wire.ErrorBody;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The URL of one dataset: shared by all ranges, renewed before it ends and when it is refused. */
final class UrlSupply {

  /** Refused that often in a row when fresh, it is not the URL's age. */
  private static final int MOST_REFUSALS = 3;

  private static final long EXPIRES_IN_SECONDS = 900;

  /** The server does not give one. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /** A URL and which of them it is. */
  record Numbered(URI url, int number) {}

  private record Issued(UUID datasetId, String method, URI url, long expiresInSeconds) {}

  private final PatientApi api;
  private final Dataset dataset;
  private @Nullable Numbered current;
  private long renewAt;
  private int refusals;

  UrlSupply(PatientApi api, Dataset dataset) {
    this.api = api;
    this.dataset = dataset;
  }

  /** A URL that is good for a while, as far as we know. */
  synchronized Numbered url() throws UnreachableException, RefusedException, InterruptedException {
    Numbered known = current;
    if (known != null && System.nanoTime() - renewAt < 0) {
      return known;
    }
    Issued issued = ask();
    Numbered fresh = new Numbered(issued.url(), known == null ? 1 : known.number() + 1);
    current = fresh;
    renewAt = System.nanoTime() + Duration.ofSeconds(issued.expiresInSeconds()).toNanos() / 2;
    return fresh;
  }

  private Issued ask() throws UnreachableException, RefusedException, InterruptedException {
    String path =
        "/v1/projects/"
            + dataset.projectId()
            + "/datasets/"
            + dataset.datasetId()
            + "/download-url";
    Map<String, Object> body =
        Map.of("expires_in_seconds", EXPIRES_IN_SECONDS, "purpose", "waybill-agent download");
    return switch (api.post(path, body, Issued.class)) {
      case Answer.Done<Issued>(Issued issued) when isUsable(issued.url()) -> issued;
      case Answer.Done<Issued> strange ->
          throw new RefusedException("the server gave a URL that is none");
      case Answer.Refused<Issued>(ErrorBody error) ->
          throw new RefusedException(Catalogue.words(error));
    };
  }

  private static boolean isUsable(@Nullable URI url) {
    return url != null
        && url.getHost() != null
        && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()));
  }

  /** The store has taken it: whatever was refused before is over. */
  synchronized void accepted() {
    refusals = 0;
  }

  /** The store has refused it, so the next one asked for is another. */
  synchronized void refused(Numbered url, String reason) throws RefusedException {
    Numbered known = current;
    if (known == null || known.number() != url.number()) {
      return; // somebody else has said so
    }
    refusals++;
    if (refusals >= MOST_REFUSALS) {
      throw new RefusedException(reason + " to " + refusals + " fresh URLs in a row");
    }
    renewAt = System.nanoTime();
  }
}
