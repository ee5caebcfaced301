package io.waybill.benchmarks.load;

import io.waybill.benchmarks.load.Installation.Device;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** What {@code get_status} reads, asked over HTTP by each device about its own upload. */
record HttpReads(String api, Map<Device, String> sessions) {

  /** Asks for so long, one request of each device under way; how many were answered. */
  long run(Duration time) throws InterruptedException {
    AtomicLong answered = new AtomicLong();
    long until = System.nanoTime() + time.toNanos();
    try (HttpClient client = HttpClient.newHttpClient();
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      sessions.forEach((device, session) -> {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create(api + "/v1/uploads/" + session))
                .header("Authorization", "Bearer " + device.credential())
                .build();
        callers.execute(() -> ask(client, request, until, answered));
      });
    }
    return answered.get();
  }

  private static void ask(HttpClient client, HttpRequest request, long until, AtomicLong answered) {
    try {
      while (System.nanoTime() < until) {
        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw new IllegalStateException("the API answers " + status);
        }
        answered.incrementAndGet();
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
