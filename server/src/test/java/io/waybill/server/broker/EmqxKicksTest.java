package io.waybill.server.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.waybill.core.device.BrokerAccount;
import io.waybill.core.memory.ManualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against an HTTP server that answers as EMQX 5 documents it; no test starts EMQX itself. */
class EmqxKicksTest {
  private static final UUID TENANT = UUID.fromString("0190a000-0000-7000-8000-000000000001");
  private static final UUID KNOWN = UUID.fromString("0190a000-0000-7000-8000-000000000017");
  private static final UUID REVOKED = UUID.fromString("0190a000-0000-7000-8000-000000000018");
  private static final String KEY = "Basic a2V5OnNlY3JldA==";

  private final List<String> kicked = new CopyOnWriteArrayList<>();
  private HttpServer emqx;

  @BeforeEach
  void start() throws IOException {
    emqx = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    emqx.createContext("/", this::answer);
    emqx.start();
  }

  @AfterEach
  void stop() {
    emqx.stop(0);
  }

  private void answer(HttpExchange call) throws IOException {
    String asked = call.getRequestMethod() + " " + call.getRequestURI();
    String body = new String(call.getRequestBody().readAllBytes(), UTF_8);
    if (!KEY.equals(call.getRequestHeaders().getFirst("Authorization"))) {
      reply(
          call,
          401,
          "{\"code\":\"BAD_API_KEY_OR_SECRET\",\"message\":\"Check api_key/api_secret\"}");
    } else if (asked.equals("GET /api/v5/clients?limit=1000&page=1")) {
      reply(call, 200, page(true, client(KNOWN, ""), client(REVOKED, "")));
    } else if (asked.equals("GET /api/v5/clients?limit=1000&page=2")) {
      String gateway = "{\"clientid\":\"waybill-gateway-1\",\"username\":\"waybill-gateway-1\"}";
      String nameless = "{\"clientid\":\"probe\",\"username\":null}";
      reply(call, 200, page(false, gateway, nameless, client(REVOKED, "-spare")));
    } else if (asked.equals("POST /api/v5/clients/kickout/bulk")) {
      kicked.add(body);
      reply(call, 204, "");
    } else {
      reply(call, 404, "");
    }
  }

  private static String client(UUID device, String suffix) {
    return "{\"clientid\":\"%s%s\",\"username\":\"%s\",\"connected\":true}"
        .formatted(device, suffix, device);
  }

  private static String page(boolean hasNext, String... clients) {
    return "{\"data\":[%s],\"meta\":{\"count\":5,\"limit\":1000,\"page\":1,\"hasnext\":%s}}"
        .formatted(String.join(",", clients), hasNext);
  }

  private static void reply(HttpExchange call, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    call.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      call.getResponseBody().write(bytes);
    }
    call.close();
  }

  private EmqxKicks kicks(String key) {
    return new EmqxKicks(address(), key);
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + emqx.getAddress().getPort());
  }

  @Test
  void every_connection_of_a_device_that_may_not_act_is_ended_and_no_other()
      throws IOException, InterruptedException {
    try (EmqxKicks kicks = kicks("key:secret")) {
      assertThat(kicks.round(List.of(account(KNOWN, 1)))).isEqualTo(2);
    }
    assertThat(kicked).containsExactly("[\"" + REVOKED + "\",\"" + REVOKED + "-spare\"]");
  }

  @Test
  void where_everybody_may_be_there_nobody_is_kicked() throws IOException, InterruptedException {
    try (EmqxKicks kicks = kicks("key:secret")) {
      assertThat(kicks.round(List.of(account(KNOWN, 1), account(REVOKED, 1)))).isZero();
    }
    assertThat(kicked).isEmpty();
  }

  /** It does not know with which of its credentials a device has come. */
  @Test
  void a_device_with_a_new_credential_has_to_come_again_and_once_more_after_the_caches()
      throws IOException, InterruptedException {
    ManualTime time = new ManualTime(Instant.parse("2026-11-29T12:00:00Z"));
    List<BrokerAccount> rotated = List.of(account(KNOWN, 2), account(REVOKED, 1));
    try (EmqxKicks kicks = new EmqxKicks(address(), "key:secret", time)) {
      assertThat(kicks.round(List.of(account(KNOWN, 1), account(REVOKED, 1)))).isZero();

      assertThat(kicks.round(rotated)).isEqualTo(1);
      time.advance(Duration.ofSeconds(6));
      assertThat(kicks.round(rotated)).isEqualTo(1);
      time.advance(Duration.ofSeconds(60));
      assertThat(kicks.round(rotated)).isZero();
    }
    assertThat(kicked).containsExactly("[\"" + KNOWN + "\"]", "[\"" + KNOWN + "\"]");
  }

  @Test
  void what_is_no_answer_of_emqx_is_trouble_and_no_end() throws IOException {
    emqx.removeContext("/");
    emqx.createContext("/", call -> reply(call, 200, "<html>starting</html>"));
    try (EmqxKicks kicks = kicks("key:secret")) {
      assertThatThrownBy(() -> kicks.round(List.of())).isInstanceOf(IOException.class);
    }
  }

  private static BrokerAccount account(UUID device, int version) {
    return new BrokerAccount(TENANT, device, version, null);
  }

  @Test
  void a_key_that_emqx_does_not_know_is_told() {
    try (EmqxKicks kicks = kicks("key:wrong")) {
      assertThatThrownBy(() -> kicks.round(List.of()))
          .hasMessage("EMQX answers 401 to clients?limit=1000&page=1");
    }
  }
}
