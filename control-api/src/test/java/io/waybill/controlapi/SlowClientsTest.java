package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.controlapi.connection.ConnectionLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A slow or silent client costs nobody else anything. */
class SlowClientsTest {

  private static final Duration LONG = Duration.ofMinutes(10);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final ConnectionLimits ENDLESS =
      ConnectionLimits.DEFAULT.waiting(LONG, LONG, LONG);

  private static final String[] SLOW_BODY = {
    "POST /v1/uploads/" + TestWorld.id(0xfff) + "/pause HTTP/1.1",
    "Host: x",
    "Content-Type: application/json",
    "Content-Length: 1000"
  };

  static Stream<String> secrets() {
    return Stream.of("", "wb_nobodys", TestWorld.ADMIN);
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void four_hundred_clients_that_never_end_their_bodies_keep_nobody_out(String secret) {
    List<RawConnection> slow = new ArrayList<>();
    try (TestWorld world = new TestWorld(settings(ENDLESS))) {
      for (int i = 0; i < 400; i++) {
        slow.add(new RawConnection(world.api.port()).head(withSecret(secret)).send("{"));
      }

      assertThat(world.anybody().get("/healthz").outcome()).isEqualTo("200");
      assertThat(world.as(TestWorld.ADMIN).get("/v1/projects").outcome()).isEqualTo("200");
      assertThat(
              world
                  .as(TestWorld.DEVICE_17)
                  .post("/v1/uploads/" + TestWorld.id(0xfff) + "/pause", "{}")
                  .outcome())
          .isEqualTo("404 upload_session.not_found");
      slow.forEach(RawConnection::close);
    }
  }

  @Test
  void credentials_are_checked_before_the_body_is_there() {
    try (TestWorld world = new TestWorld(settings(ENDLESS));
        RawConnection connection = new RawConnection(world.api.port())) {
      connection.head(withSecret("wb_nobodys")).send("{");

      assertThat(connection.answer()).startsWith("HTTP/1.1 401").contains("api_key_invalid");
    }
  }

  @Test
  void a_client_that_never_ends_its_headers_is_let_go() {
    try (TestWorld world = new TestWorld(settings(ENDLESS.waiting(SHORT, LONG, LONG)));
        RawConnection silent = new RawConnection(world.api.port());
        RawConnection slow = new RawConnection(world.api.port())) {
      slow.send("GET /healthz HTTP/1.1\r\nHost: x\r\nX-Never: ");

      assertThat(silent.rest()).isEmpty();
      assertThat(slow.rest()).isEmpty();
    }
  }

  @Test
  void a_body_slower_than_the_least_pace_is_let_go() {
    try (TestWorld world = new TestWorld(settings(ENDLESS.waiting(LONG, LONG, SHORT)));
        RawConnection slow = new RawConnection(world.api.port())) {
      slow.head(withSecret(TestWorld.ADMIN)).send("{");

      assertThat(slow.rest()).isEmpty();
    }
  }

  @Test
  void a_connection_that_asks_nothing_more_is_let_go() {
    try (TestWorld world = new TestWorld(settings(ENDLESS.waiting(LONG, SHORT, LONG)));
        RawConnection idle = new RawConnection(world.api.port())) {
      idle.head("GET /healthz HTTP/1.1", "Host: x");

      assertThat(idle.answer()).startsWith("HTTP/1.1 200");
      assertThat(idle.rest()).isEmpty();
    }
  }

  @Test
  void a_client_that_never_reads_its_answers_is_let_go() {
    try (TestWorld world = new TestWorld(settings(ENDLESS.waiting(LONG, LONG, SHORT)));
        RawConnection deaf = new RawConnection(world.api.port())) {
      String request = "GET /openapi.yaml HTTP/1.1\r\nHost: x\r\n\r\n";
      // Far more answers than any buffer between us holds.
      int sent = deaf.sendUntilClosed(request, 100_000);

      assertThat(sent).isLessThan(100_000);
      assertThat(world.anybody().get("/healthz").outcome()).isEqualTo("200");
    }
  }

  @Test
  void one_address_has_no_more_connections_than_it_may_have() {
    try (TestWorld world = new TestWorld(settings(ENDLESS.perAddress(3)));
        RawConnection one = new RawConnection(world.api.port());
        RawConnection two = new RawConnection(world.api.port());
        RawConnection three = new RawConnection(world.api.port())) {
      for (RawConnection connection : List.of(one, two, three)) {
        connection.head("GET /healthz HTTP/1.1", "Host: x");
        assertThat(connection.answer()).startsWith("HTTP/1.1 200");
      }

      try (RawConnection four = new RawConnection(world.api.port())) {
        assertThat(four.rest()).isEmpty();
      }
      assertThat(one.head("GET /healthz HTTP/1.1", "Host: x").answer()).startsWith("HTTP/1.1 200");
    }
  }

  private static ApiSettings settings(ConnectionLimits connections) {
    ApiSettings standard = ApiSettings.DEFAULT;
    return standard.bounded(standard.maxBodyBytes(), standard.maxConnections(), connections);
  }

  private static String[] withSecret(String secret) {
    List<String> lines = new ArrayList<>(List.of(SLOW_BODY));
    if (!secret.isEmpty()) {
      lines.add("Authorization: Bearer " + secret);
    }
    return lines.toArray(String[]::new);
  }
}
