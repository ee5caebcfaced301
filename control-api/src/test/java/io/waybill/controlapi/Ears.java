package io.waybill.controlapi;

import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Follows a project over HTTP. */
final class Ears implements AutoCloseable {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What one block said; an id alone, or with a comment, is no event. */
  record Block(String id, String event, String data, String comment) {
    boolean isEvent() {
      return !data.isEmpty();
    }

    JsonNode json() {
      if (Json.parse(data.getBytes(StandardCharsets.UTF_8))
          instanceof Parsed.Read<JsonNode>(JsonNode node)) {
        return node;
      }
      throw new AssertionError("not JSON: " + data);
    }
  }

  private final HttpResponse<InputStream> response;
  private final BufferedReader lines;

  private Ears(HttpResponse<InputStream> response) {
    this.response = response;
    this.lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
  }

  static Ears open(TestWorld world, String secret) {
    return open(world, secret, TestWorld.PROJECT, null);
  }

  static Ears open(TestWorld world, String secret, UUID project, @Nullable String lastId) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://127.0.0.1:%d/v1/projects/%s/events/stream"
                        .formatted(world.api.port(), project)))
            .header("Authorization", "Bearer " + secret);
    if (lastId != null) {
      request.header("Last-Event-ID", lastId);
    }
    try {
      return new Ears(CLIENT.send(request.build(), BodyHandlers.ofInputStream()));
    } catch (IOException e) {
      throw new AssertionError("no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  int status() {
    return response.statusCode();
  }

  String header(String name) {
    return response.headers().firstValue(name).orElse("");
  }

  Block next() {
    Block block = read();
    if (block == null) {
      throw new AssertionError("the stream has ended");
    }
    return block;
  }

  /** Null at the end of the stream. */
  private @Nullable Block read() {
    String id = "";
    String event = "";
    String data = "";
    String comment = "";
    try {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.isEmpty()) {
          return new Block(id, event, data, comment);
        }
        String value = line.substring(line.indexOf(':') + 1).strip();
        switch (line.substring(0, line.indexOf(':'))) {
          case "id" -> id = value;
          case "event" -> event = value;
          case "data" -> data = value;
          case "" -> comment = value;
          default -> {}
        }
      }
    } catch (IOException e) {
      // It was cut.
    }
    return null;
  }

  Block event() {
    Block block = next();
    while (!block.isEvent()) {
      block = next();
    }
    return block;
  }

  List<Block> events(int number) {
    List<Block> events = new ArrayList<>();
    while (events.size() < number) {
      events.add(event());
    }
    return events;
  }

  /** Everything until the stream ends. */
  List<Block> rest() {
    List<Block> events = new ArrayList<>();
    for (Block block = read(); block != null; block = read()) {
      if (block.isEvent()) {
        events.add(block);
      }
    }
    return events;
  }

  @Override
  public void close() {
    leave();
  }

  /** Hears nothing more. */
  void leave() {
    try {
      response.body().close();
    } catch (IOException e) {
      // It is gone in any case.
    }
  }
}
