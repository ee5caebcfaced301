package io.waybill.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.waybill.core.device.BrokerAccount;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ends the connections that devices have at EMQX and may not have, over its HTTP API. */
public final class EmqxKicks implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int PAGE = 1000;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Longer than until the second look after a change. */
  private static final Duration UNSETTLED = Duration.ofSeconds(15);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI api;
  private final String authorization;
  private final InstantSource clock;
  private final Map<UUID, Integer> versions = new HashMap<>();
  private final Map<UUID, Instant> changedAt = new HashMap<>();

  /**
   * At one cluster: any of its nodes knows the clients of all.
   *
   * @param api such as http://127.0.0.1:18083
   * @param key an API key and its secret, with a colon between them
   */
  public EmqxKicks(URI api, String key) {
    this(api, key, InstantSource.system());
  }

  EmqxKicks(URI api, String key, InstantSource clock) {
    this.api = api;
    this.clock = clock;
    this.authorization = "Basic " + Base64.getEncoder().encodeToString(key.getBytes(UTF_8));
  }

  /**
   * Kicks every client that has a device's name and is none of these, or whose device has been
   * given another credential since the round before: EMQX does not know which one it came with.
   * Whoever comes back is asked for at control-api.
   *
   * @return how many
   */
  public int round(List<BrokerAccount> devices) throws IOException, InterruptedException {
    Set<String> mayStay =
        devices.stream()
            .filter(this::isSettled)
            .map(one -> one.deviceId().toString())
            .collect(Collectors.toSet());
    List<String> kicked = new ArrayList<>();
    boolean isMore = true;
    for (int page = 1; isMore; page++) {
      JsonNode answer = read(call("clients?limit=" + PAGE + "&page=" + page, null));
      answer
          .path("data")
          .forEach(client -> {
            String name = client.path("username").asString("");
            if (DeviceNames.isOne(name) && !mayStay.contains(name)) {
              kicked.add(client.path("clientid").asString());
            }
          });
      isMore = answer.at("/meta/hasnext").asBoolean(false);
    }
    kick(kicked);
    return kicked.size();
  }

  /**
   * What was there when we began is not known to be anything else. control-api may know a secret
   * for some seconds after its end: who came back by that is kicked once more.
   */
  private boolean isSettled(BrokerAccount account) {
    Instant now = clock.instant();
    Integer before = versions.put(account.deviceId(), account.credentialVersion());
    if (before != null && before != account.credentialVersion()) {
      changedAt.put(account.deviceId(), now);
    }
    Instant changed = changedAt.get(account.deviceId());
    if (changed != null && now.isAfter(changed.plus(UNSETTLED))) {
      changedAt.remove(account.deviceId());
      return true;
    }
    return changed == null;
  }

  private void kick(List<String> kicked) throws IOException, InterruptedException {
    for (int from = 0; from < kicked.size(); from += PAGE) {
      byte[] some =
          JSON.writeValueAsBytes(kicked.subList(from, Math.min(kicked.size(), from + PAGE)));
      call("clients/kickout/bulk", some);
    }
  }

  private static JsonNode read(byte[] answer) throws IOException {
    try {
      return JSON.readTree(answer);
    } catch (JacksonException e) {
      throw new IOException("EMQX gives an answer that is no JSON; is it its API?", e);
    }
  }

  private byte[] call(String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(api.resolve("/api/v5/" + path))
            .timeout(PATIENCE)
            .header("Authorization", authorization);
    if (body != null) {
      request.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
    }
    HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException("EMQX answers " + answer.statusCode() + " to " + path);
    }
    return answer.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
