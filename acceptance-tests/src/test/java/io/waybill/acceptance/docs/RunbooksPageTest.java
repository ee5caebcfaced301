package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WebhookSetting;
import io.waybill.testkit.FaultyWire;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Breaks things, and follows {@code docs/operations/runbooks.md}. */
@Timeout(300)
class RunbooksPageTest {
  private static final Page PAGE = Page.of("docs/operations/runbooks.md");
  private static final Duration LONG = Duration.ofSeconds(90);
  private static final String TASKS =
      "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks";

  @TempDir private Path folder;

  @Test
  void everyLookFindsAnInstallationThatIsWell() throws Exception {
    try (Site site = Site.open(folder)) {
      site.controlApi();
      Program gateway = site.gateway("waybill-gateway");

      String said = type(site, gateway.probes(), looks());

      assertThat(said)
          .contains("no route has failed", "no command has failed")
          .contains("\"database\",\"status\":\"up\"", "\"broker\",\"status\":\"up\"")
          .contains("cleanup_errors_total 0.0");
      PAGE.blocks("sql look").forEach(sql -> site.database().texts(sql.replace(";", "")));
    }
  }

  @Test
  void aStoreThatIsAway() throws Exception {
    try (Site site = Site.open(folder);
        MoodyStore store = MoodyStore.before(site)) {
      Program control =
          site.controlApi(Map.of(StorageSetting.ENDPOINT.variable(), store.address().toString()));
      try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        store.be(Mood.CLOCK_OFF);
        assertThat(create(api)).isEqualTo(502);
        assertThat(type(site, control.probes(), looks()))
            .contains("\"storage\",\"status\":\"down\"", "\"database\",\"status\":\"up\"")
            .containsPattern("storage_operation_errors_total\\{operation=\"create\"} [1-9]");
        control.awaitOutput("RequestTimeTooSkewed");

        store.be(Mood.WELL);
        await().atMost(LONG).until(() -> create(api) == 201);
        await()
            .atMost(LONG)
            .until(() ->
                type(site, control.probes(), looks()).contains("\"storage\",\"status\":\"up\""));
      }
    }
  }

  @Test
  void aDatabaseThatIsAway() throws Exception {
    try (Site site = Site.open(folder)) {
      String direct = site.configuration().text(DatabaseSetting.URL);
      int port = URI.create(direct.replaceFirst("^jdbc:", "")).getPort();
      try (FaultyWire wire = FaultyWire.to(port)) {
        Program control =
            site.controlApi(
                Map.of(
                    DatabaseSetting.URL.variable(),
                    direct.replace(":" + port + "/", ":" + wire.port() + "/")));
        try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
          wire.cut();
          assertThat(create(api)).isEqualTo(503);
          assertThat(type(site, control.probes(), firstLooks()))
              .contains("\"database\",\"status\":\"down\"", "\"storage\",\"status\":\"up\"")
              .containsPattern("api_requests_total\\{.*status=\"503\"} [1-9]");

          wire.mend();
          await().atMost(LONG).until(() -> create(api) == 201);
          await()
              .atMost(LONG)
              .until(() ->
                  type(site, control.probes(), firstLooks())
                      .contains("\"database\",\"status\":\"up\""));
        }
      }
    }
  }

  @Test
  void aBrokerThatIsAway() throws Exception {
    try (Mosquitto broker = Mosquitto.start(folder.resolve("mosquitto.log"));
        Site site = Site.openOn(broker, folder)) {
      site.controlApi();
      Program gateway = site.gateway("waybill-gateway");
      String before = gateway.output();

      broker.kill();
      await()
          .atMost(LONG)
          .until(() ->
              type(site, gateway.probes(), firstLooks())
                  .contains("\"broker\",\"status\":\"down\""));
      gateway.awaitOutput("no broker (attempt 0), will try again");

      broker.startAgain();
      await()
          .atMost(LONG)
          .until(() -> gateway.output().substring(before.length()).contains("takes requests from"));
      await()
          .atMost(LONG)
          .until(() ->
              type(site, gateway.probes(), firstLooks()).contains("\"broker\",\"status\":\"up\""));
    }
  }

  @Test
  void anEventThatWasGivenUpIsToldInTheEnd() throws Exception {
    var answer = new AtomicInteger(410);
    var told = new AtomicInteger();
    HttpServer receiver = receiver(answer, told);
    try (Site site = Site.open(folder)) {
      Program control =
          site.controlApi(Map.of(WebhookSetting.ALLOWED_NETWORKS.variable(), "127.0.0.1"));
      try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        String endpoint = endpoint(api, receiver);
        assertThat(create(api)).isEqualTo(201);
        await()
            .atMost(LONG)
            .until(() -> type(site, control.probes(), looks()).contains("\"webhook\""));

        answer.set(204);
        assertThat(api.call("PATCH", endpoint, "{\"status\": \"ENABLED\"}").status())
            .isEqualTo(200);
        List<String> again = PAGE.blocks("sh replay");
        assertThat(type(site, control.probes(), List.of(looks().getFirst(), again.getFirst())))
            .contains("PENDING");
        await().atMost(LONG).until(() -> told.get() > 0);
      }
    } finally {
      receiver.stop(0);
    }
  }

  private static List<String> looks() {
    return PAGE.blocks("sh look");
  }

  /** Those that need neither a key nor a database: which part it is, and what fails. */
  private static List<String> firstLooks() {
    return looks().subList(0, 3);
  }

  private static int create(Api api) {
    return api.post(
            TASKS, "{\"objects\": [{\"object_name\": \"run.txt\", \"file_size_bytes\": 5}]}")
        .status();
  }

  private static String endpoint(Api api, HttpServer receiver) {
    String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
    String made =
        api.post(
                "/v1/webhook-endpoints",
                "{\"url\": \"%s\", \"event_types\": [\"upload.*\"]}".formatted(url))
            .ok()
            .at("/webhook_endpoint/webhook_endpoint_id")
            .asString();
    return "/v1/webhook-endpoints/" + made;
  }

  private static HttpServer receiver(AtomicInteger answer, AtomicInteger told) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    server.createContext(
        "/hook",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(answer.get(), -1);
            told.addAndGet(answer.get() == 204 ? 1 : 0);
          }
        });
    server.start();
    return server;
  }

  private String type(Site site, URI probes, List<String> blocks) throws Exception {
    return Shell.type(site, folder, Map.of("PROBES", probes.toString()), blocks);
  }
}
