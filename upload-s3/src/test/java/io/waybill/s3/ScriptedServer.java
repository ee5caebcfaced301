package io.waybill.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A store that answers what a test tells it to; the last line of the script is repeated. */
final class ScriptedServer implements AutoCloseable {

  /** One thing to do with a request. */
  interface Line {
    void play(HttpExchange exchange) throws IOException;

    /** The same, and then the connection is closed. */
    default Line andClose() {
      return exchange -> {
        exchange.getResponseHeaders().set("Connection", "close");
        play(exchange);
      };
    }
  }

  /** A request as it came. */
  record Seen(
      String method, String path, String query, Function<String, String> headers, String body) {

    /** The value of a header; the word null where there is none. */
    String header(String name) {
      return headers.apply(name);
    }

    String ifNoneMatch() {
      return header("If-None-Match");
    }
  }

  private final CountDownLatch closing = new CountDownLatch(1);
  private final Queue<Line> script = new ConcurrentLinkedQueue<>();
  private final Set<InetSocketAddress> peers = ConcurrentHashMap.newKeySet();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpServer server;

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  static Line answer(int status, String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/xml");
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  /** An S3 error in the words of every store. */
  static Line error(int status, String code) {
    return answer(
        status,
        "<?xml version=\"1.0\"?><Error><Code>%s</Code><Message>in words</Message></Error>"
            .formatted(code));
  }

  /** Closes the connection without a word. */
  static Line hangUp() {
    return exchange -> {
      throw new IOException("scripted");
    };
  }

  /** Promises more bytes than come. */
  static Line breakOff(String body) {
    return exchange -> {
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, bytes.length + 100L);
      exchange.getResponseBody().write(bytes);
      throw new IOException("scripted");
    };
  }

  /** Never answers. */
  Line silence() {
    return exchange -> {
      try {
        closing.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  /** Answers with a byte now and then and never ends: no read ever times out. */
  Line drip() {
    return exchange -> {
      exchange.sendResponseHeaders(200, 0);
      try {
        while (!closing.await(10, TimeUnit.MILLISECONDS)) {
          exchange.getResponseBody().write(' ');
          exchange.getResponseBody().flush();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    };
  }

  ScriptedServer says(Line... lines) {
    script.clear();
    script.addAll(List.of(lines));
    return this;
  }

  List<Seen> seen() {
    return List.copyOf(seen);
  }

  /** Connections over which requests came. */
  int connections() {
    return peers.size();
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** A store that talks to this server. */
  S3ObjectStore store() {
    return store(endpoint(), Duration.ofSeconds(20), false);
  }

  /** A store that copies what is larger than so many bytes in parts of so many. */
  S3ObjectStore storeThatCopies(long wholeUpTo, long partBytes) {
    return new S3ObjectStore(
        settings(endpoint(), Duration.ofSeconds(20), false), new CopySizes(wholeUpTo, partBytes));
  }

  /** A store that gives up on this server soon. */
  S3ObjectStore hurriedStore() {
    return store(endpoint(), Duration.ofMillis(300), false);
  }

  /** A store that may open no more than these. */
  S3ObjectStore storeWithConnections(int most) {
    return new S3ObjectStore(
        settings(endpoint(), Duration.ofSeconds(20), false)
            .connectedBy(new S3Connections(most, S3Connections.standard().tls())));
  }

  static S3ObjectStore store(URI endpoint, Duration patience, boolean completeIfAbsent) {
    return new S3ObjectStore(settings(endpoint, patience, completeIfAbsent));
  }

  private static S3Settings settings(URI endpoint, Duration patience, boolean completeIfAbsent) {
    return new S3Settings(
        Map.of(
            "local",
            new S3Endpoint(
                endpoint,
                endpoint,
                "us-east-1",
                new S3Credentials("PLANTED-KEY", "PLANTED-SECRET"),
                S3Addressing.PATH,
                "robot-data",
                completeIfAbsent)),
        new S3Timeouts(patience, patience, patience, patience, patience),
        S3Connections.standard());
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      peers.add(exchange.getRemoteAddress());
      seen.add(
          new Seen(
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestURI().getQuery()),
              name -> String.valueOf(exchange.getRequestHeaders().getFirst(name)),
              new String(body, StandardCharsets.UTF_8)));
      Line line = script.size() > 1 ? script.poll() : script.peek();
      if (line == null) {
        throw new IOException("no script");
      }
      line.play(exchange);
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.close();
  }
}
