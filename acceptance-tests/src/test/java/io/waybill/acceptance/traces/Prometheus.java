package io.waybill.acceptance.traces;

import io.waybill.acceptance.site.Listening;
import io.waybill.acceptance.site.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Debian's Prometheus, which looks at programs of a site every second. */
final class Prometheus implements AutoCloseable {
  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI address;

  private Prometheus(Process process, int port) {
    this.process = process;
    this.address = URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Returns when it listens.
   *
   * @param programs where their metrics are
   */
  static Prometheus start(Path folder, List<URI> programs) throws IOException {
    int port = Ports.free();
    Path settings = folder.resolve("prometheus.yml");
    Files.writeString(
        settings,
        """
        global: {scrape_interval: 1s}
        scrape_configs:
          - job_name: waybill
            static_configs: [{targets: [%s]}]
        """
            .formatted(
                programs.stream()
                    .map(program -> "\"" + program.getAuthority() + "\"")
                    .collect(Collectors.joining(", "))));
    Process started =
        Listening.start(
            List.of(
                "prometheus",
                "--config.file=" + settings,
                "--storage.tsdb.path=" + folder.resolve("prometheus"),
                "--web.listen-address=127.0.0.1:" + port,
                "--enable-feature=exemplar-storage"),
            port,
            folder.resolve("prometheus.log"));
    return new Prometheus(started, port);
  }

  /** What it says of the programs that it looks at. */
  String targets() throws IOException, InterruptedException {
    return get("/api/v1/targets");
  }

  /** Those of all series of this name, as it answers them. */
  String exemplars(String series) throws IOException, InterruptedException {
    return get("/api/v1/query_exemplars?query=" + series + "&start=0&end=4102444800");
  }

  private String get(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
    client.close();
  }
}
