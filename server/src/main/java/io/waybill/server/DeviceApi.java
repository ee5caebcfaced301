package io.waybill.server;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Asks a running API for devices, as whoever the key belongs to: it is allowed and audited there.
 */
final class DeviceApi implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI root;
  private final String key;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  DeviceApi(URI root, String key) {
    this.root = root;
    this.key = key;
  }

  /**
   * Makes a device known; the answer has its first credential.
   *
   * @throws IllegalArgumentException with what the API said, when it refuses
   */
  JsonNode register(UUID project, String code, String name, @Nullable Long expiresInSeconds)
      throws IOException, InterruptedException {
    Map<String, Object> body =
        expiresInSeconds == null
            ? Map.of("device_code", code, "name", name)
            : Map.of("device_code", code, "name", name, "expires_in_seconds", expiresInSeconds);
    return ask("POST", "/v1/projects/" + project + "/devices", body);
  }

  /**
   * Gives a device another credential; the old one lasts for as long as the overlap.
   *
   * @throws IllegalArgumentException with what the API said, when it refuses
   */
  JsonNode rotate(UUID project, UUID device, long overlapSeconds)
      throws IOException, InterruptedException {
    return ask(
        "POST",
        "/v1/projects/" + project + "/devices/" + device + "/credentials/rotate",
        Map.of("overlap_seconds", overlapSeconds));
  }

  /** The public keys that receipts are verified with, the one that signs first. */
  List<String> receiptKeys() throws IOException, InterruptedException {
    Stream<JsonNode> keys = ask("GET", "/v1/receipts/keys", Map.of()).path("keys").valueStream();
    return keys.map(each -> each.path("x").asString()).toList();
  }

  private JsonNode ask(String method, String path, Map<String, Object> body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(root.toString().replaceAll("/+$", "") + path))
            .timeout(PATIENCE)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(Json.bytes(body)))
            .build();
    HttpResponse<byte[]> response;
    try {
      response = client.send(request, BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new IOException("no answer from the API at " + root + " (" + e + ")", e);
    }
    if (!(Json.parse(response.body()) instanceof Parsed.Read<JsonNode>(JsonNode answer))) {
      throw new IllegalArgumentException(root + " answers, but not as a Waybill API does");
    }
    if (response.statusCode() / 100 != 2) {
      JsonNode error = answer.path("error");
      throw new IllegalArgumentException(
          error.path("code").asString() + ": " + error.path("message").asString());
    }
    return answer;
  }

  @Override
  public void close() {
    client.close();
  }
}
