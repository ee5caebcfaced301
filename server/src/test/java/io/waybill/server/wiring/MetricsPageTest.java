package io.waybill.server.wiring;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.server.config.Configuration;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code docs/metrics.md} lists what each process shows at {@code /metrics} from its start. */
class MetricsPageTest {
  private static final Path PAGE = Path.of("../docs/metrics.md");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `([a-z_]+)` \\| (\\w+) \\|([a-z_`, ]*)\\| ([a-z, ]+) \\|", Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\w+) (\\w+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  /** What the library shows of the process itself, named once on the page. */
  private static final Pattern LIBRARY = Pattern.compile("(jvm|process|system)_.*");

  private static final Map<String, String> NOWHERE =
      Map.of(
          "WAYBILL_HTTP_PORT", "0",
          "WAYBILL_GATEWAY_HTTP_PORT", "0",
          "WAYBILL_WORKERS_HTTP_PORT", "0",
          "WAYBILL_MQTT_PORT", "1",
          "WAYBILL_STORAGE_ENDPOINT", "http://127.0.0.1:1",
          "WAYBILL_DATABASE_URL", "jdbc:postgresql://127.0.0.1:1/none");

  @TempDir private Path folder;

  @Test
  void the_api_shows_what_the_page_lists() throws Exception {
    try (ControlApiProcess api = ControlApiProcess.start(Configuration.load(NOWHERE, folder))) {
      assertThat(shown(api.port())).isEqualTo(listed("api"));
    }
  }

  @Test
  void the_gateway_shows_what_the_page_lists() throws Exception {
    try (GatewayProcess gateway = GatewayProcess.start(Configuration.load(NOWHERE, folder))) {
      assertThat(shown(gateway.probePort())).isEqualTo(listed("gateway"));
    }
  }

  @Test
  void the_worker_shows_what_the_page_lists() throws Exception {
    try (WorkerProcess worker = WorkerProcess.start(Configuration.load(NOWHERE, folder))) {
      Map<String, String> shown = shown(worker.probePort());
      assertThat(shown).containsAllEntriesOf(listed("worker"));
      assertThat(listed("")).containsAllEntriesOf(shown);
    }
  }

  /** Each name with its type and its labels. */
  private static Map<String, String> listed(String process) throws IOException {
    return ROW.matcher(Files.readString(PAGE))
        .results()
        .filter(row -> row.group(4).contains(process))
        .collect(
            toMap(
                row -> row.group(1),
                row -> row.group(2) + " [" + row.group(3).replace("`", "").strip() + "]",
                (one, other) -> "listed twice",
                TreeMap::new));
  }

  private static Map<String, String> shown(int port) throws Exception {
    String page = scrape(port);
    return TYPE.matcher(page)
        .results()
        .filter(type -> !LIBRARY.matcher(type.group(1)).matches())
        .filter(type -> !isLongest(type, page))
        .collect(
            toMap(
                type -> type.group(1),
                type -> type.group(2) + " " + labels(type.group(1), page),
                (one, other) -> "shown twice",
                TreeMap::new));
  }

  /** Every histogram has its longest duration beside it. */
  private static boolean isLongest(MatchResult type, String page) {
    String name = type.group(1);
    return name.endsWith("_max") && page.contains("# TYPE " + name.replace("_max", " histogram"));
  }

  private static String labels(String name, String page) {
    Set<String> labels = new TreeSet<>();
    page.lines()
        .filter(line -> line.matches(name + "(_bucket|_count|_sum)?[{ ].*"))
        .forEach(line -> LABEL.matcher(line).results().forEach(one -> labels.add(one.group(1))));
    labels.remove("le");
    return labels.toString();
  }

  private static String scrape(int port) throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
      return client.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofString()).body();
    }
  }
}
