package io.waybill.acceptance.site;

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
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody with a bearer token at the HTTP API, or at the store with a URL. */
public final class Api implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final HttpClient client;
  private final URI root;
  private final Map<String, String> headers;

  public Api(URI root, String token) {
    this(HttpClient.newHttpClient(), root, Map.of("Authorization", "Bearer " + token));
  }

  private Api(HttpClient client, URI root, Map<String, String> headers) {
    this.client = client;
    this.root = root;
    this.headers = headers;
  }

  /** The same with a header more, over the same connections. */
  public Api with(String name, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(name, value);
    return new Api(client, root, more);
  }

  /** An answer: the status, and the body where it is JSON. */
  public record Answer(int status, JsonNode body) {
    /** The body of an answer that must be a success. */
    public JsonNode ok() {
      assertThat(status).as("status of %s", body).isBetween(200, 299);
      return body;
    }

    /** The code of an answer that must be an error. */
    public String code() {
      assertThat(status).as("status of %s", body).isGreaterThanOrEqualTo(400);
      return body.path("error").path("code").stringValue();
    }
  }

  public Answer get(String path) {
    return send(request(path).GET().build());
  }

  public Answer post(String path, String body) {
    return post(path, body, null);
  }

  public Answer post(String path, String body, @Nullable String idempotencyKey) {
    HttpRequest.Builder request =
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    if (idempotencyKey != null) {
      request.header("Idempotency-Key", idempotencyKey);
    }
    return send(request.build());
  }

  /** Any other method; an empty body is none. */
  public Answer call(String method, String path, String body) {
    HttpRequest.Builder request = request(path).method(method, BodyPublishers.ofString(body));
    return send(
        (body.isEmpty() ? request : request.header("Content-Type", "application/json")).build());
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path)).timeout(Duration.ofSeconds(60));
    headers.forEach(request::header);
    return request;
  }

  private Answer send(HttpRequest request) {
    HttpResponse<byte[]> response = exchange(request);
    boolean isJson =
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json");
    return new Answer(
        response.statusCode(),
        isJson ? JSON.readTree(response.body()) : JSON.getNodeFactory().objectNode());
  }

  /** PUTs bytes to a presigned URL; answers the ETag of what must be a success. */
  public String put(String url, byte[] bytes) {
    HttpResponse<byte[]> response = putAnswer(url, bytes);
    assertThat(response.statusCode()).as("PUT").isEqualTo(200);
    return response.headers().firstValue("ETag").orElseThrow();
  }

  /** The same where the store may refuse; answers the status. */
  public int tryPut(String url, byte[] bytes) {
    return putAnswer(url, bytes).statusCode();
  }

  private HttpResponse<byte[]> putAnswer(String url, byte[] bytes) {
    return exchange(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(Duration.ofSeconds(60))
            .PUT(BodyPublishers.ofByteArray(bytes))
            .build());
  }

  /** GETs a presigned URL. */
  public byte[] fetch(String url) {
    HttpResponse<byte[]> response =
        exchange(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60)).build());
    assertThat(response.statusCode()).as("GET").isEqualTo(200);
    return response.body();
  }

  /** The stored bytes of a dataset, by its download URL. */
  public byte[] download(String projectId, String datasetId) {
    return fetch(downloadUrl(projectId, datasetId));
  }

  /** Where the stored bytes of a dataset are. */
  public String downloadUrl(String projectId, String datasetId) {
    return post("/v1/projects/" + projectId + "/datasets/" + datasetId + "/download-url", "{}")
        .ok()
        .path("url")
        .stringValue();
  }

  private HttpResponse<byte[]> exchange(HttpRequest request) {
    try {
      return client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
