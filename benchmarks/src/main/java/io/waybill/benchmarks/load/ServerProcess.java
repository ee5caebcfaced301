package io.waybill.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;

/**
 * A gateway or a control-api that runs.
 *
 * @param port where it shows its numbers
 */
record ServerProcess(Process process, int port) {

  ProcessHandle handle() {
    return process.toHandle();
  }

  /** What {@code /metrics} says now. */
  private String metrics(HttpClient client) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Tells it to end, and waits until it has. */
  void end() {
    process.destroy();
    process.onExit().join();
  }

  /** The sum of all that a counter has counted, whatever its labels. */
  double counted(String counter) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return metrics(client)
          .lines()
          .filter(line -> line.startsWith(counter + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .sum();
    }
  }

  /** What a scrape costs: the median of so many, and its size. */
  void printScrape(String name, int times) throws IOException, InterruptedException {
    double[] millis = new double[times];
    int bytes = 0; // all of it is ASCII
    try (HttpClient client = HttpClient.newHttpClient()) {
      for (int i = 0; i < times; i++) {
        long start = System.nanoTime();
        bytes = metrics(client).length();
        millis[i] = (System.nanoTime() - start) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "- /metrics of %s: %.1f ms (median of %d, worst %.1f), %,d bytes%n",
        name,
        millis[times / 2],
        times,
        millis[times - 1],
        bytes);
  }
}
