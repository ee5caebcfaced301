package io.waybill.allinone.demo;

import io.waybill.allinone.stack.DevelopmentIdentities;
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

/** The few calls that a person would make to get the file back. */
final class ApiClient implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final JsonMapper json = JsonMapper.shared();
  private final URI api;

  ApiClient(URI api) {
    this.api = api;
  }

  /** A URL under which storage hands out a dataset's object. */
  URI downloadUrl(String datasetId) {
    URI route =
        api.resolve(
            "/v1/projects/%s/datasets/%s/download-url"
                .formatted(DevelopmentIdentities.PROJECT, datasetId));
    HttpRequest ask =
        HttpRequest.newBuilder(route)
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + DevelopmentIdentities.API_KEY)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"purpose\":\"demo\"}"))
            .build();
    HttpResponse<String> answer = send(ask, BodyHandlers.ofString());
    JsonNode body = json.readTree(answer.body());
    if (answer.statusCode() != 200) {
      throw new StartupFailure(
          "the API gives no download URL: %d %s"
              .formatted(answer.statusCode(), body.at("/error/message").asString("")));
    }
    return URI.create(body.at("/url").asString());
  }

  /** The object itself. */
  InputStream download(URI url) {
    HttpResponse<InputStream> answer =
        send(HttpRequest.newBuilder(url).build(), BodyHandlers.ofInputStream());
    if (answer.statusCode() != 200) {
      throw new StartupFailure("storage does not hand out the object: " + answer.statusCode());
    }
    return answer.body();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
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
