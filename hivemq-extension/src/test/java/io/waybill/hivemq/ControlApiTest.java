package io.waybill.hivemq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** What is asked, and what counts as an answer. */
class ControlApiTest {
  private static final String DEVICE = "0190a000-0000-7000-8000-000000000017";
  private static final Visitor VISITOR =
      new Visitor(DEVICE + "-plc", DEVICE, "a \"quoted\" one", "192.0.2.17");

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "{\"result\": \"allow\"}";
  private HttpServer server;
  private ControlApi api;

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    api =
        new ControlApi(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "planted");
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    asked.add(
        exchange.getRequestURI()
            + " "
            + exchange.getRequestHeaders().getFirst("X-Waybill-Secret")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), UTF_8));
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void it_asks_in_the_words_of_control_api() {
    assertThat(api.mayConnect(VISITOR)).isTrue();
    assertThat(api.mayUse(new TopicUse(DEVICE + "-plc", "publish", "device/t", true))).isTrue();

    assertThat(asked)
        .satisfiesExactly(
            login -> {
              assertThat(login).startsWith("/internal/mqtt/authenticate planted ");
              assertThat(json(login).path("username").asString()).isEqualTo(DEVICE);
              assertThat(json(login).path("password").asString()).isEqualTo("a \"quoted\" one");
              assertThat(json(login).path("clientid").asString()).isEqualTo(DEVICE + "-plc");
              assertThat(json(login).path("peerhost").asString()).isEqualTo("192.0.2.17");
            },
            use -> {
              assertThat(use).startsWith("/internal/mqtt/authorize planted ");
              assertThat(json(use).path("username").asString()).isEqualTo(DEVICE);
              assertThat(json(use).path("action").asString()).isEqualTo("publish");
              assertThat(json(use).path("topic").asString()).isEqualTo("device/t");
              assertThat(json(use).path("retain").asBoolean()).isTrue();
            });
  }

  private static tools.jackson.databind.JsonNode json(String asked) {
    return JsonMapper.shared().readTree(asked.substring(asked.indexOf('{')));
  }

  @Test
  void no_is_no() {
    body = "{\"result\": \"deny\"}";
    assertThat(api.mayConnect(VISITOR)).isFalse();
  }

  /** Whoever took it for a no would end the connections of all. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "503|{}",
        "429|{}",
        "401|{}",
        "404|{}",
        "200|no JSON",
        "200|{\"result\": true}",
        "200|{}",
        "200|[]",
        "200|\"allow\""
      })
  void what_is_no_answer_is_an_exception(int code, String answer) {
    status = code;
    body = answer;
    assertThatThrownBy(() -> api.mayConnect(VISITOR)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void nobody_there_is_an_exception() {
    server.stop(0);
    assertThatThrownBy(() -> api.mayConnect(VISITOR)).hasMessageContaining("is not answered");
  }

  @Test
  void whoever_cannot_be_a_device_is_not_asked_about() {
    assertThat(VISITOR.mayBeDevice()).isTrue();
    assertThat(new Visitor(DEVICE, DEVICE, "x".repeat(4097), "").mayBeDevice()).isFalse();
    assertThat(new Visitor(DEVICE + "x".repeat(34), DEVICE, "", "").mayBeDevice()).isFalse();
    assertThat(new Visitor("mine", DEVICE, "", "").mayBeDevice()).isFalse();
    assertThat(new Visitor("root", "root", "", "").mayBeDevice()).isFalse();
  }

  @Test
  void what_was_allowed_is_remembered_for_a_while() {
    TopicUse use = new TopicUse(DEVICE, "publish", "device/t", false);
    AllowedUses remembered = new AllowedUses(Duration.ofHours(1));
    remembered.add(use);

    assertThat(remembered.has(use)).isTrue();
    assertThat(remembered.has(new TopicUse(DEVICE, "publish", "device/t", true))).isFalse();
    AllowedUses forgetful = new AllowedUses(Duration.ZERO);
    forgetful.add(use);
    assertThat(forgetful.has(use)).isFalse();
  }
}
