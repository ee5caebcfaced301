package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.controlapi.connection.Network;
import io.waybill.controlapi.edge.Sources;
import io.waybill.core.event.AuditEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Secrets that let nobody in are counted, slowed and written down, over real HTTP. */
class FailedAuthenticationTest {

  private static final String PATH = "/v1/describe";

  private final TestWorld world =
      new TestWorld(ApiSettings.DEFAULT.behind(new Sources(List.of(Network.parse("127.0.0.0/8")))));

  @AfterEach
  void close() {
    world.close();
  }

  /** One wrong secret, until it is answered otherwise. */
  static Supplier<HttpAnswer> manyTimes(TestWorld world) {
    return () ->
        IntStream.range(0, 61)
            .mapToObj(i -> world.as("wb_tried_again").get(PATH))
            .reduce((first, second) -> second)
            .orElseThrow();
  }

  @Test
  void guesses_are_slowed_and_told_when_to_come_again() {
    HttpAnswer last = guess("192.0.2.1", 61);
    assertThat(last.outcome()).isEqualTo("429 rate_limit.exceeded");
    assertThat(last.header("Retry-After")).isEqualTo("2");
    assertThat(counted("rate_limit.exceeded")).isOne();
    assertThat(counted("auth.api_key_invalid")).isEqualTo(60);
    await()
        .until(() -> world.registry.counter("rate_limit_rejects").count() == 1); // after the answer
  }

  @Test
  void the_right_key_of_a_neighbour_comes_in_at_once_or_when_it_was_told_to() {
    assertThat(from("192.0.2.1", TestWorld.VIEWER).get(PATH).outcome()).isEqualTo("200");
    guess("192.0.2.1", 61);
    assertThat(from("192.0.2.1", TestWorld.VIEWER).get(PATH).outcome()).isEqualTo("200");
    HttpCalls first = from("192.0.2.1", TestWorld.ADMIN);
    assertThat(first.get(PATH).outcome()).isEqualTo("429 rate_limit.exceeded");
    world.time.advance(Duration.ofSeconds(2));
    guess("192.0.2.1", 61);
    assertThat(first.get(PATH).outcome()).isEqualTo("200");
    assertThat(from("192.0.2.2", TestWorld.OTHER).get(PATH).outcome()).isEqualTo("200");
  }

  @Test
  void slowed_guesses_ask_the_database_nothing() {
    guess("192.0.2.1", 60);
    world.database.down = true;
    assertThat(guess("192.0.2.1", 40).outcome()).isEqualTo("429 rate_limit.exceeded");
  }

  @Test
  void one_ipv6_network_is_one_source() {
    for (int i = 0; i < 60; i++) {
      guess("2001:db8:1:2::" + Integer.toHexString(i + 1), 1);
    }
    assertThat(guess("2001:db8:1:2:ffff::1", 1).outcome()).isEqualTo("429 rate_limit.exceeded");
    assertThat(guess("2001:db8:1:3::1", 1).outcome()).isEqualTo("401 auth.api_key_invalid");
  }

  @Test
  void what_a_client_writes_into_the_header_itself_changes_nothing() {
    for (int i = 0; i < 60; i++) {
      guess("203.0.113." + i + ", 192.0.2.7", 1);
    }
    assertThat(guess("203.0.113.99, 192.0.2.7", 1).outcome()).isEqualTo("429 rate_limit.exceeded");
    assertThat(guess("no address, 192.0.2.8", 1).outcome()).isEqualTo("401 auth.api_key_invalid");
  }

  @Test
  void they_are_audited_once_a_minute_per_source_and_for_each_tenant() {
    guess("192.0.2.1", 3);
    guess("192.0.2.2", 3);
    from("192.0.2.1", TestWorld.EXPIRED).get(PATH);
    guess("192.0.2.1", 70);
    assertThat(world.rows.facts().audit())
        .extracting(row -> row.details().get("address") + " " + row.result())
        .containsExactly(
            "192.0.2.1 auth.api_key_invalid",
            "192.0.2.2 auth.api_key_invalid",
            "192.0.2.1 auth.api_key_expired");
    AuditEvent expired = world.rows.facts().audit().getLast();
    assertThat(expired.tenantId()).isEqualTo(TestWorld.TENANT);
    assertThat(expired.actor()).startsWith("api_key:");

    world.time.advance(Duration.ofMinutes(1));
    guess("192.0.2.1", 2);
    assertThat(world.rows.facts().audit()).hasSize(4);
    assertThat(world.rows.facts().toString()).doesNotContain("guess", TestWorld.EXPIRED);
  }

  private int guessed;

  private HttpAnswer guess(String source, int times) {
    HttpAnswer last = null;
    for (int i = 0; i < times; i++) {
      last = from(source, "wb_" + guessed++ + "_guess").get(PATH);
    }
    return java.util.Objects.requireNonNull(last);
  }

  private HttpCalls from(String source, String secret) {
    return world.as(secret).with("X-Forwarded-For", source);
  }

  private double counted(String code) {
    return world.registry.counter("auth_failures", "error_code", code).count();
  }
}
