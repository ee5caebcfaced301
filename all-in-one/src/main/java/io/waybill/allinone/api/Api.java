package io.waybill.allinone.api;

import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.StartupFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API of a stack, asked in the name of the development key. */
public final class Api implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final JsonMapper json = JsonMapper.shared();
  private final URI root;

  /** Where this configuration's API is. */
  public Api(Configuration configuration) {
    this.root =
        URI.create(
            "http://%s:%s"
                .formatted(
                    configuration.text(HttpSetting.HOST), configuration.text(HttpSetting.PORT)));
  }

  /** Where it is. */
  public URI root() {
    return root;
  }

  /**
   * An answer.
   *
   * @param status of HTTP
   */
  public record Answer(int status, JsonNode body) {

    /** The body of an answer that went well. */
    public JsonNode ok() {
      if (status / 100 != 2) {
        throw new StartupFailure(
            "the API answers %d: %s"
                .formatted(status, body.at("/error/message").asString("without a reason")));
      }
      return body;
    }
  }

  /** What is there. */
  public Answer get(String path) {
    return send(request(path).GET());
  }

  /** Does something, with a body of JSON. */
  public Answer post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  /** What is under a URL that was signed. */
  public InputStream download(URI url) {
    HttpResponse<InputStream> answer =
        exchange(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new StartupFailure("storage does not hand out the object: " + answer.statusCode());
    }
    return answer.body();
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path))
        .timeout(PATIENCE)
        .header("Authorization", "Bearer " + DevelopmentIdentities.API_KEY)
        .header("Content-Type", "application/json");
  }

  private Answer send(HttpRequest.Builder request) {
    HttpResponse<String> answer = exchange(request.build(), BodyHandlers.ofString());
    return new Answer(answer.statusCode(), json.readTree(answer.body()));
  }

  private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    try {
      return http.send(request, handler);
    } catch (IOException e) {
      throw new StartupFailure("%s does not answer: %s".formatted(request.uri().getHost(), e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupFailure("interrupted", e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
