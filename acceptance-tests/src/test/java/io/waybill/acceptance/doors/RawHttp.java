package io.waybill.acceptance.doors;

import io.waybill.acceptance.site.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import tools.jackson.databind.json.JsonMapper;

/** The HTTP API for bytes that need not be text, and for requests with odd heads. */
record RawHttp(HttpClient client, URI root, String token) implements AutoCloseable {
  RawHttp(URI root, String token) {
    this(HttpClient.newHttpClient(), root, token);
  }

  Api.Answer post(String path, byte[] body) {
    return send("POST", path, body, "Content-Type", "application/json");
  }

  /** Sends with these headers, given as names and values. */
  Api.Answer send(String method, String path, byte[] body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(root.resolve(path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .method(method, BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
      return new Api.Answer(response.statusCode(), JsonMapper.shared().readTree(response.body()));
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
