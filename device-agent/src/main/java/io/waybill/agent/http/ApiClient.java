package io.waybill.agent.http;

import io.waybill.agent.control.Answer;
import io.waybill.agent.control.Trust;
import io.waybill.agent.control.UnreachableException;
import io.waybill.agent.credential.Bearer;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.FieldError;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The HTTP API: one request, one answer, and what a broken answer means in words. */
public final class ApiClient implements AutoCloseable {

  /** A store takes minutes over a huge object; after this we ask again, which is harmless. */
  private static final Duration ANSWER_TIMEOUT = Duration.ofMinutes(2);

  /** Statuses whose refusal is over by itself; 502 is the operator's trouble with the store. */
  private static final Set<Integer> RETRY_LATER = Set.of(429, 500, 503, 504);

  /** The one that connected last, the other one, and what somebody has put there meanwhile. */
  private static final int MOST_CREDENTIALS = 3;

  private final URI base;
  private final Bearer bearer;
  private final HttpClient client;
  private final @Nullable String traceparent;

  /**
   * @param bearer an API key, or the credential of the device, as it is at the moment
   * @param trustedCertificates PEM file of the authorities to trust, null for the JVM's own
   * @param traceparent of the trace that every request is a part of, null for none
   */
  public ApiClient(
      URI base, Bearer bearer, @Nullable Path trustedCertificates, @Nullable String traceparent) {
    this.traceparent = traceparent;
    this.base = base;
    this.bearer = bearer;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10));
    if (trustedCertificates != null) {
      builder.sslContext(Trust.context(trustedCertificates));
    }
    this.client = builder.build();
  }

  /**
   * Asks once; once more with another credential, where there is one and the first was refused.
   *
   * @param idempotencyKey null when repeating the request is harmless by itself
   * @throws UnreachableException when there was no answer, or none that a Waybill API gives
   */
  <R> Answer<R> ask(Route route, @Nullable String idempotencyKey, Class<R> answer)
      throws UnreachableException, InterruptedException {
    String shown = bearer.get();
    HttpResponse<byte[]> response = send(request(route, idempotencyKey, shown));
    Set<String> refused = new HashSet<>();
    while (response.statusCode() == 401 && refused.size() + 1 < MOST_CREDENTIALS) {
      refused.add(shown);
      bearer.refused(shown);
      shown = bearer.get();
      if (refused.contains(shown)) {
        break;
      }
      response = send(request(route, idempotencyKey, shown));
    }
    return response.statusCode() / 100 == 2
        ? new Answer.Done<>(result(response.body(), answer))
        : new Answer.Refused<>(error(response));
  }

  private HttpResponse<byte[]> send(HttpRequest request)
      throws UnreachableException, InterruptedException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new UnreachableException(
          "nothing answers at " + base + "; is the API running there? (--api-url)", e);
    } catch (IOException e) {
      String untrusted = Trust.explain(e, "the API at " + base);
      throw new UnreachableException(
          untrusted == null ? "the connection to " + base + " broke: " + e.getMessage() : untrusted,
          e);
    }
  }

  private HttpRequest request(Route route, @Nullable String key, String shown) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base.toString().replaceAll("/+$", "") + route.path()))
            .timeout(ANSWER_TIMEOUT)
            .header("Authorization", "Bearer " + shown)
            .header("Accept", "application/json")
            .method(
                route.method(),
                route
                    .body()
                    .map(HttpRequest.BodyPublishers::ofByteArray)
                    .orElseGet(HttpRequest.BodyPublishers::noBody));
    if (route.body().isPresent()) {
      request.header("Content-Type", "application/json");
    }
    if (key != null) {
      request.header("Idempotency-Key", key);
    }
    if (traceparent != null) {
      request.header("traceparent", traceparent);
    }
    return request.build();
  }

  private <R> R result(byte[] body, Class<R> answer) throws UnreachableException {
    return switch (Json.read(body, answer)) {
      case Parsed.Read<R>(R result) -> result;
      case Parsed.NotJson<R>(String reason) -> throw notWaybill(reason);
      case Parsed.Invalid<R>(List<FieldError> errors) -> throw notWaybill(errors.toString());
    };
  }

  private UnreachableException notWaybill(String reason) {
    return new UnreachableException(
        base + " answers, but not as a Waybill API does (" + reason + "); check --api-url");
  }

  private ErrorBody error(HttpResponse<byte[]> response) throws UnreachableException {
    int status = response.statusCode();
    Optional<String> header = response.headers().firstValue("Retry-After");
    @Nullable Long after =
        header.filter(v -> v.matches("\\d{1,6}")).map(Long::valueOf).orElse(null);
    boolean retryable = after != null || RETRY_LATER.contains(status);
    return switch (Json.read(response.body(), Document.class)) {
      case Parsed.Read<Document>(Document(Said said)) when said != null && said.code() != null ->
          new ErrorBody(
              said.code(),
              said.message() == null ? "no message" : said.message(),
              said.details() == null ? Map.of() : said.details(),
              retryable,
              after);
      default -> throw notWaybill("status " + status);
    };
  }

  private record Document(@Nullable Said error) {}

  /** The part of an error document that we read. */
  private record Said(
      @Nullable String code, @Nullable String message, @Nullable Map<String, Object> details) {}

  String address() {
    return base.toString();
  }

  String trouble() {
    return "no answer from " + base + " yet";
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
