package io.waybill.acceptance.site;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook endpoint on loopback that takes most of what it is told, refuses some at first, and may
 * refuse one type of event whenever it is told.
 */
public final class HookReceiver implements AutoCloseable {
  private static final int ONE_OF = 10;

  private final HttpServer server;
  private final Random random;
  private final String refusedType;
  private final List<JsonNode> taken = new ArrayList<>();
  private final Map<String, Integer> refusals = new HashMap<>();

  private HookReceiver(HttpServer server, Random random, String refusedType) {
    this.server = server;
    this.random = random;
    this.refusedType = refusedType;
  }

  public static HookReceiver open(long seed) {
    return refusing("", seed);
  }

  /** One that takes no event of this type, ever. */
  public static HookReceiver refusing(String type, long seed) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      HookReceiver receiver = new HookReceiver(server, new Random(seed), type);
      server.createContext("/", receiver::answer);
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.start();
      return receiver;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode event = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      exchange.sendResponseHeaders(takes(event) ? 204 : 500, -1);
    }
  }

  private synchronized boolean takes(JsonNode event) {
    if (event.path("type").asString().equals(refusedType)) {
      refusals.merge(event.path("id").asString(), 1, Integer::sum);
      return false;
    }
    if (random.nextInt(ONE_OF) == 0) {
      return false;
    }
    taken.add(event);
    return true;
  }

  /** Every event that was taken, by its id, each where it was taken first. */
  public synchronized Set<String> ids() {
    Set<String> ids = new LinkedHashSet<>();
    taken.forEach(event -> ids.add(event.path("id").asString()));
    return ids;
  }

  /** How often each event of the refused type was told, by its id. */
  public synchronized Map<String, Integer> refusals() {
    return Map.copyOf(refusals);
  }

  /** Everything that was taken, in the order in which it was. */
  public synchronized List<JsonNode> taken() {
    return List.copyOf(taken);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
