package io.waybill.acceptance.browser;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.NeedsBrowser;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.StorageSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the console costs, printed for docs/benchmarks.md: {@code benchmarks/console} runs it, a
 * test run does not. Browser, database, broker, store and API share one machine.
 */
@Timeout(3000)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(NeedsBrowser.class)
class ConsoleFigures {
  private static final int LIVE = 200;
  private static final int LISTED = 10_000;
  private static final int STREAMS = 500;
  private static final int PART_BYTES = 5 << 20;
  private static final int PAINTS = 9;

  /** How often one of the live uploads has a part more. */
  private static final Duration EVERY = Duration.ofMillis(20);

  private static final Duration WATCHED = Duration.ofSeconds(30);

  /** When the page shows what it was opened for, and how long its longest tasks were. */
  private static final String WATCH =
      """
      window.longTasks = [];
      new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map((e) => e.duration)))
        .observe({type: 'longtask', buffered: true});
      new MutationObserver(() => {
        const loading = [...document.querySelectorAll('[role=status]')].some((e) => e.textContent === 'Loading…');
        if (!window.usefulAt && document.querySelector('main')?.textContent.includes('Uploads running') && !loading) {
          requestAnimationFrame(() => { window.usefulAt ??= performance.now(); });
        }
      }).observe(document, {subtree: true, childList: true, characterData: true});
      """;

  private Path folder = Path.of("");
  private ExamplePage example;
  private Site site;
  private Program server;
  private Api api;
  private SmallParts project;
  private Chromium browser;

  @BeforeAll
  void begin(@TempDir Path directory) {
    folder = directory;
    example = ExamplePage.open();
    site = Site.openFor(example.origin(), folder.resolve("site"));
    server =
        site.controlApi(
            Map.of(
                "WAYBILL_HTTP_MAX_STREAMS_PER_CALLER",
                "1000",
                "WAYBILL_LIMITS_TENANT_OPEN_UPLOADS",
                "100000",
                "WAYBILL_LIMITS_PROJECT_OPEN_TASKS",
                "100000",
                StorageSetting.PUBLIC_ENDPOINT.variable(),
                site.configuration().text(StorageSetting.ENDPOINT)));
    api = new Api(site.api(), DevelopmentIdentities.API_KEY);
    project = SmallParts.project(api, "figures", "");
    browser = Chromium.open(folder.resolve("profile"));
    browser.atEachPage(WATCH);
    new UploadPage(browser, site.api(), project.id()).open();
  }

  @AfterAll
  void end() {
    browser.close();
    api.close();
    site.close();
    example.close();
  }

  @Test
  void figures() throws Exception {
    paints();
    new BrowserSpeed(browser, site.api(), project, folder).print();
    print(STREAMS + " event streams", EventStreams.cost(STREAMS, server, site.api(), project.id()));
    List<String> live = begin(LIVE, "live");
    watchLive(live);
    begin(LISTED - LIVE, "row");
    scroll();
  }

  private void paints() {
    List<Double> cold = new ArrayList<>();
    List<Double> warm = new ArrayList<>();
    for (int run = 0; run < PAINTS; run++) {
      browser.command("Network.clearBrowserCache");
      cold.add(useful());
      warm.add(useful());
    }
    print("first useful paint, cache empty (first, median, worst), ms", figures(cold));
    print("the same, cached", figures(warm));
    print(
        "requests; bytes of scripts, compressed",
        browser.script(
            "const all = performance.getEntriesByType('resource'); return all.length + '; ' +"
                + " all.filter(e => e.name.endsWith('.js')).reduce((sum, e) => sum +"
                + " e.encodedBodySize, 0)"));
  }

  private double useful() {
    browser.visit(site.api().resolve("/"));
    return browser.await(
        "the fleet", () -> ((Number) browser.script("return window.usefulAt")).doubleValue());
  }

  /** Begins so many uploads, eight at a time; the ids of their sessions. */
  private List<String> begin(int many, String name) throws Exception {
    try (ExecutorService eight = Executors.newFixedThreadPool(8)) {
      return eight
          .invokeAll(
              IntStream.range(0, many)
                  .<Callable<String>>mapToObj(n ->
                      () ->
                          project
                              .begin(name + " " + n, 40L * PART_BYTES)
                              .at("/objects/0/session_id")
                              .asString())
                  .toList())
          .stream()
          .map(Future::resultNow)
          .toList();
    }
  }

  /** Every upload has a new part every four seconds, and the page shows all of them. */
  private void watchLive(List<String> sessions) throws Exception {
    for (String session : sessions) {
      api.post(
              "/v1/uploads/" + session + "/parts/presign",
              "{\"part_number_start\": 1, \"part_number_end\": 40}")
          .ok();
    }
    for (String place : List.of("/", "/uploads")) {
      browser.visit(site.api().resolve(place));
      browser.awaitText("live ");
      toItsEnd();
      browser.script("window.scrollTo(0, 0); window.longTasks.length = 0");
      double cpu = Renderers.seconds();
      long began = System.nanoTime();
      int sent = 0;
      int first = place.equals("/") ? 1 : 20;
      while (seconds(began) < WATCHED.toSeconds()) {
        String session = sessions.get(sent % LIVE);
        int part = first + sent / LIVE;
        api.post(
                "/v1/uploads/" + session + "/parts/ack",
                "{\"parts\": [{\"part_number\": %d, \"etag\": \"%032x\", \"size_bytes\": %d}]}"
                    .formatted(part, sent, PART_BYTES))
            .ok();
        sent++;
        LockSupport.parkNanos(EVERY.multipliedBy(sent).toNanos() - (System.nanoTime() - began));
      }
      double busy = (Renderers.seconds() - cpu) / seconds(began);
      print(
          "the page " + place + " with " + LIVE + " uploads live",
          "%.1f %% of a core, %.0f parts/s; its longest task %s ms"
              .formatted(busy * 100, sent / seconds(began), longest()));
    }
  }

  private void scroll() {
    browser.visit(site.api().resolve("/uploads"));
    browser.awaitText("row ");
    long began = System.nanoTime();
    toItsEnd();
    double down = seconds(began);
    Object whileRead = longest();
    browser.script("window.longTasks.length = 0; window.scrollTo(0, 0)");
    for (int step = 0; step <= 200; step++) {
      browser.script(
          "window.scrollTo(0, document.body.scrollHeight * arguments[0] / 200);"
              + "return new Promise((done) => requestAnimationFrame(() => done('')))",
          step);
    }
    print(
        "a list of " + LISTED + " uploads",
        "read to its end in %.0f s, longest task %s ms; scrolled through, longest task %s ms"
            .formatted(down, whileRead, longest()));
  }

  /** Scrolls until the page has read all of its list. */
  private void toItsEnd() {
    Awaitility.await("the end of the list")
        .atMost(Duration.ofMinutes(20))
        .pollInterval(Duration.ofMillis(100))
        .until(
            () ->
                browser.script(
                    "window.scrollTo(0, document.body.scrollHeight);"
                        + "return !!document.querySelector('main h1') && !document.querySelector('.more')"),
            Boolean.TRUE::equals);
  }

  private Object longest() {
    return browser.script("return Math.round(Math.max(0, ...window.longTasks))");
  }

  private static double seconds(long began) {
    return (System.nanoTime() - began) / 1e9;
  }

  private static String figures(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(value -> value).sorted().toArray();
    return "%.0f, %.0f, %.0f"
        .formatted(values.getFirst(), sorted[sorted.length / 2], sorted[sorted.length - 1]);
  }

  private static void print(String what, Object figure) {
    System.out.printf("| %s | %s |%n", what, figure);
  }
}
