package io.waybill.acceptance.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Command;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A real API tells a real receiver, and the lines of {@code docs/webhooks.md} verify what came. */
@Timeout(300)
class WebhooksPageTest {
  private static final Page PAGE = Page.of("docs/webhooks.md");
  private static final String ENDPOINTS = "/v1/webhook-endpoints";
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;

  private final List<Message> messages = Collections.synchronizedList(new ArrayList<>());

  /** What came. */
  private record Message(String id, String timestamp, String signatures, String body) {}

  @Test
  void what_comes_is_verified_by_the_lines_of_the_page_and_nothing_else_is() throws Exception {
    HttpServer receiver = receiver();
    try (Site site = Site.open(folder)) {
      site.controlApi(Map.of("WAYBILL_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1"));
      try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        String url = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook";
        JsonNode made =
            api.post(ENDPOINTS, "{\"url\": \"%s\", \"event_types\": [\"upload.*\"]}".formatted(url))
                .ok();
        String first = made.get("secret").asString();
        String path = ENDPOINTS + "/" + made.at("/webhook_endpoint/webhook_endpoint_id").asString();
        String second =
            api.call("PATCH", path, "{\"rotate_secret\": true}").ok().get("secret").asString();

        assertThat(api.post(path + "/test", "").ok().get("delivered").asBoolean()).isTrue();
        upload(api);
        await().atMost(LONG).until(() -> messages.size() > 2);
        Message told = messages.getLast();
        assertThat(messages.getFirst().body()).contains("webhook_endpoint.tested");
        assertThat(told.body()).contains("\"specversion\":\"1.0\"", told.id());
        for (String secret : List.of(first, second)) {
          assertThat(verdicts(secret, told)).containsExactly("true", "true", "true");
        }
        assertThat(verdicts("whsec_" + "A".repeat(44), told))
            .containsExactly("false", "false", "false");
        assertThat(logs())
            .doesNotContain(first.substring(6), second.substring(6), told.signatures());
        assertThat(api.get("/v1/audit-events?limit=200").body().toString())
            .contains("webhook_endpoint.updated")
            .doesNotContain(first.substring(6), second.substring(6));
      }
    } finally {
      receiver.stop(0);
    }
  }

  private HttpServer receiver() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 50);
    server.createContext("/hook", this::receive);
    server.start();
    return server;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      messages.add(
          new Message(
              exchange.getRequestHeaders().getFirst("webhook-id"),
              exchange.getRequestHeaders().getFirst("webhook-timestamp"),
              exchange.getRequestHeaders().getFirst("webhook-signature"),
              new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private static void upload(Api api) {
    api.post(
            "/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks",
            "{\"objects\": [{\"object_name\": \"run.txt\", \"file_size_bytes\": 5}]}")
        .ok();
  }

  /** What the page's Python, Node and Java say. */
  private List<String> verdicts(String secret, Message message) throws Exception {
    Path body = folder.resolve("body");
    Files.writeString(body, message.body());
    List<String> said = new ArrayList<>();
    said.add(run(List.of("python3", written("verify.py", python())), secret, message));
    said.add(run(List.of("node", written("verify.js", node())), secret, message));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    said.add(run(List.of(java, written("Verify.java", java())), secret, message));
    return said;
  }

  private static String block(String language) {
    return String.join("\n", PAGE.blocks(language + " verify"));
  }

  private static String python() {
    return block("python")
        + """
        import os
        names = {"webhook-id": "ID", "webhook-timestamp": "TIMESTAMP", "webhook-signature": "SIGNATURES"}
        headers = {name: os.environ[variable] for name, variable in names.items()}
        print(str(verify(os.environ["SECRET"], headers, open("body", "rb").read())).lower())
        """;
  }

  private static String node() {
    return block("js")
        + """
        const { ID, TIMESTAMP, SIGNATURES, SECRET } = process.env;
        const headers = { "webhook-id": ID, "webhook-timestamp": TIMESTAMP, "webhook-signature": SIGNATURES };
        console.log(verify(SECRET, headers, require("node:fs").readFileSync("body")));
        """;
  }

  private static String java() {
    return "class Verify {\n"
        + block("java")
        + """
          public static void main(String[] none) throws Exception {
            var said = System.getenv();
            byte[] body = java.nio.file.Files.readAllBytes(java.nio.file.Path.of("body"));
            System.out.println(
                verify(said.get("SECRET"), said.get("ID"), said.get("TIMESTAMP"), said.get("SIGNATURES"), body));
          }
        }
        """;
  }

  private String written(String name, String program) throws IOException {
    return Files.writeString(folder.resolve(name), program).toString();
  }

  private String run(List<String> command, String secret, Message message) throws Exception {
    return Command.of(command)
        .in(folder)
        .with(
            Map.of(
                "SECRET", secret,
                "ID", message.id(),
                "TIMESTAMP", message.timestamp(),
                "SIGNATURES", message.signatures()))
        .print();
  }

  private String logs() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path log : files.filter(path -> path.toString().endsWith(".log")).toList()) {
        all.append(Files.readString(log));
      }
    }
    return all.toString();
  }
}
