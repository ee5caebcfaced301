package io.waybill.benchmarks.load;

import io.waybill.server.config.Port;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Ports of this machine, and whoever listens on them. */
final class Ports {
  private Ports() {}

  static int free() {
    return new Port(0, "a benchmark", "none").claim();
  }

  /** Until then the broker would drop what is sent to a gateway. */
  static void awaitReady(int port) throws InterruptedException {
    awaitPort(port);
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int attempt = 0; attempt < 600; attempt++) {
        if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    } catch (IOException e) {
      throw new IllegalStateException("what listens on port " + port + " ended", e);
    }
    throw new IllegalStateException("what listens on port " + port + " does not become ready");
  }

  static void awaitPort(int port) throws InterruptedException {
    for (int attempt = 0; attempt < 600; attempt++) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException notYet) {
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
    throw new IllegalStateException(String.format(Locale.ROOT, "nothing listens on port %d", port));
  }
}
