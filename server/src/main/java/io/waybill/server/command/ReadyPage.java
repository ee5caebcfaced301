package io.waybill.server.command;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a program of ours says of itself at {@code /readyz}. */
public record ReadyPage(URI address) {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  public static ReadyPage of(Configuration configuration, Setting host, Setting port) {
    return new ReadyPage(
        URI.create("http://" + configuration.text(host) + ":" + configuration.text(port)));
  }

  /** The parts that it cannot reach; empty when nothing of ours answers there. */
  public Optional<List<String>> down() {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest ask =
          HttpRequest.newBuilder(address.resolve("/readyz")).timeout(PATIENCE).build();
      return read(http.send(ask, BodyHandlers.ofString()));
    } catch (IOException notThere) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<List<String>> read(HttpResponse<String> answer) {
    try {
      JsonNode page = JsonMapper.shared().readTree(answer.body());
      if (!page.path("checks").isArray()) {
        return Optional.empty();
      }
      List<String> down = new ArrayList<>();
      for (JsonNode check : page.path("checks")) {
        if (!check.path("status").asString("").equals("up")) {
          down.add(check.path("name").asString(""));
        }
      }
      return Optional.of(down);
    } catch (JacksonException somebodyElse) {
      return Optional.empty();
    }
  }
}
