package io.waybill.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What control-api answers a broker on its internal port. Whatever is no answer is an exception:
 * nobody can tell now.
 */
final class ControlApi {
  private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(2);

  /** Less than a broker's client waits, more than control-api waits for its database. */
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(8);

  private final JsonMapper json = JsonMapper.shared();
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECTS_WITHIN)
          .build();
  private final URI address;
  private final String secret;

  ControlApi(URI address, String secret) {
    this.address = address;
    this.secret = secret;
  }

  boolean mayConnect(Visitor visitor) {
    return isAllowed(
        "authenticate",
        Map.of(
            "username", visitor.user(),
            "password", visitor.password(),
            "clientid", visitor.clientId(),
            "peerhost", visitor.address()));
  }

  boolean mayUse(TopicUse use) {
    return isAllowed(
        "authorize",
        Map.of(
            "username", use.user(),
            "clientid", use.clientId(),
            "action", use.action(),
            "topic", use.topic(),
            "retain", use.isRetained()));
  }

  private boolean isAllowed(String question, Map<String, Object> asked) {
    HttpRequest request =
        HttpRequest.newBuilder(address.resolve("/internal/mqtt/" + question))
            .timeout(ANSWERS_WITHIN)
            .header("Content-Type", "application/json")
            .header("X-Waybill-Secret", secret)
            .POST(BodyPublishers.ofByteArray(json.writeValueAsBytes(asked)))
            .build();
    // the time of a request ends with the headers of its answer; ours is for its body, too
    CompletableFuture<HttpResponse<String>> asking =
        client.sendAsync(request, BodyHandlers.ofString(UTF_8));
    try {
      return isAllowed(question, asking.get(ANSWERS_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(question + " is not answered by " + address, e);
    } catch (JacksonException e) {
      throw new IllegalStateException(question + " is answered with something else than JSON", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } finally {
      asking.cancel(true);
    }
  }

  /** Neither yes nor no is no answer: whoever took it for a no would end every connection. */
  private boolean isAllowed(String question, HttpResponse<String> answer) {
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(question + " is answered " + answer.statusCode());
    }
    return switch (json.readTree(answer.body()).path("result").asString("")) {
      case "allow" -> true;
      case "deny" -> false;
      default ->
          throw new IllegalStateException(
              question
                  + " is answered with neither allow nor deny; is control-api.url the internal port"
                  + " of control-api?");
    };
  }
}
