package io.waybill.acceptance.routes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who asks as they are told to, and is shown the whole answer. */
public record Caller(HttpClient client, URI root, String token) {

  /**
   * What is asked.
   *
   * @param body empty for none
   */
  public record Request(String method, String path, String body) {

    public Request saying(String other) {
      return new Request(method, path, other);
    }
  }

  /** What came back. */
  public record Answer(int status, String text, String requestId, boolean isReplayed) {

    public JsonNode json() {
      return JsonMapper.shared().readTree(text.isEmpty() ? "{}" : text);
    }

    /** {@code 409 request.version_conflict}, or the status alone when it is no error. */
    public String outcome() {
      return status < 400 ? "" + status : status + " " + json().at("/error/code").asString();
    }
  }

  public Answer ask(Request request) {
    return ask(request, Map.of());
  }

  public Answer ask(Request request, Map<String, String> headers) {
    HttpRequest.Builder asked =
        HttpRequest.newBuilder(URI.create(root + request.path()))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .method(request.method(), BodyPublishers.ofString(request.body()));
    headers.forEach(asked::header);
    if (!request.body().isEmpty()) {
      asked.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<byte[]> answer = client.send(asked.build(), BodyHandlers.ofByteArray());
      return new Answer(
          answer.statusCode(),
          new String(answer.body(), UTF_8),
          answer.headers().firstValue("X-Request-ID").orElse(""),
          answer.headers().firstValue("Idempotency-Replayed").isPresent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What is answered to what must be right. */
  public JsonNode did(String method, String path, String body) {
    Answer answer = ask(new Request(method, path, body));
    assertThat(answer.status()).as("%s %s: %s", method, path, answer.text()).isBetween(200, 299);
    return answer.json();
  }
}
