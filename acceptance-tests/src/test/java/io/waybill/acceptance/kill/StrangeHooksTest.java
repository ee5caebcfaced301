package io.waybill.acceptance.kill;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.WebhookSetting;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Webhook endpoints that answer late, without an end, or elsewhere, beside one that does not. They
 * are on 127.0.0.2, which the operator allows; what must not be reached is on 127.0.0.1.
 */
@Timeout(300)
class StrangeHooksTest {
  private static final String ALLOWED = "127.0.0.2";
  private static final String INSIDE = "127.0.0.1";

  @TempDir Path folder;
  private final List<HttpServer> servers = new ArrayList<>();
  private final AtomicInteger insideAsked = new AtomicInteger();

  @AfterEach
  void close() {
    servers.forEach(server -> server.stop(0));
  }

  @Test
  void each_is_told_as_often_as_its_own_answers_ask_for_and_none_leads_inside() throws Exception {
    Path names = folder.resolve("names");
    String java = "-Djdk.net.hosts.file=" + names + " -Dsun.net.inetaddr.ttl=0";
    AtomicInteger heard = new AtomicInteger();
    AtomicInteger late = new AtomicInteger();
    Files.writeString(names, ALLOWED + " hook.example\n");
    try (Site site = Site.open(folder)) {
      site.controlApi(
          Map.of(
              "JAVA_TOOL_OPTIONS",
              java,
              WebhookSetting.ALLOWED_NETWORKS.variable(),
              ALLOWED + "/32"));
      try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        int inside = served(INSIDE, exchange -> answer(exchange, 200, insideAsked));
        String elsewhere = "http://%s:%d/".formatted(INSIDE, inside);
        Hook good = hook(api, at(exchange -> answer(exchange, 200, heard)));
        Hook slow = hook(api, at(exchange -> answerLate(exchange, late)));
        Hook endless = hook(api, at(StrangeHooksTest::answerWithoutEnd));
        Hook redirecting = hook(api, at(exchange -> redirect(exchange, elsewhere)));
        Hook moving = hook(api, "http://hook.example:" + inside + "/");
        Files.writeString(names, INSIDE + " hook.example\n");

        begin(api);
        good.awaits(site, "status = 'DELIVERED'");
        endless.awaits(site, "status = 'DELIVERED'");
        redirecting.awaits(site, "last_error like '%redirects are not followed%'");
        moving.awaits(site, "last_error like '%not of the public internet%'");
        slow.awaits(site, "last_error like 'no answer within%' and status = 'PENDING'");

        Patience.until(() -> late.get() > 0);
        assertThat(insideAsked).as("what the operator does not allow was asked").hasValue(0);
        String again = "select count(*) from outbox_deliveries where endpoint = ? and attempts > 1";
        assertThat(site.database().count(again, good.id())).isZero();
        assertThat(site.database().count(again, endless.id())).isZero();
      }
    }
  }

  /** An endpoint that is told of uploads. */
  private record Hook(String id) {

    /** Waits until each delivery to it so far, of which there are some, is so. */
    void awaits(Site site, String how) {
      String all = "select count(*) from outbox_deliveries where endpoint = ?";
      Patience.until(() -> {
        long made = site.database().count(all, id);
        return made > 0 && site.database().count(all + " and " + how, id) == made;
      });
    }
  }

  private static Hook hook(Api api, String url) {
    String asked = "{\"url\": \"%s\", \"event_types\": [\"upload.initiated\"]}".formatted(url);
    return new Hook(
        api.post("/v1/webhook-endpoints", asked)
            .ok()
            .at("/webhook_endpoint/webhook_endpoint_id")
            .asString());
  }

  private static void begin(Api api) {
    api.post(
            "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks",
            "{\"objects\": [{\"object_name\": \"told.bin\", \"file_size_bytes\": 1}]}")
        .ok();
  }

  private String at(HttpHandler handler) throws IOException {
    return "http://%s:%d/".formatted(ALLOWED, served(ALLOWED, handler));
  }

  private int served(String address, HttpHandler handler) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(address, 0), 0);
    server.createContext("/", handler);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    servers.add(server);
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, int status, AtomicInteger count)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, -1);
      count.incrementAndGet();
    }
  }

  /** A second after we have given up. */
  private static void answerLate(HttpExchange exchange, AtomicInteger count) {
    Executor later = CompletableFuture.delayedExecutor(11, TimeUnit.SECONDS);
    later.execute(() -> {
      try {
        count.incrementAndGet();
        answer(exchange, 200, new AtomicInteger());
      } catch (IOException gone) {
        // nobody waits for it any more
      }
    });
  }

  private static void answerWithoutEnd(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    try (OutputStream out = exchange.getResponseBody()) {
      byte[] more = "and so on, ".repeat(1000).getBytes(US_ASCII);
      while (true) {
        out.write(more);
      }
    }
  }

  private static void redirect(HttpExchange exchange, String to) throws IOException {
    exchange.getResponseHeaders().set("Location", to);
    answer(exchange, 307, new AtomicInteger());
  }
}
