package io.waybill.controlapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The names that dashboards and alerts ask for are there before anything has happened. */
class MetricsTest {

  /** What the contract names and what this process can count today. */
  private static final Set<String> NAMES =
      Set.of(
          "storage_backpressure_rejects_total",
          "quota_rejects_total",
          "rate_limit_rejects_total",
          "api_requests_total",
          "api_request_duration_seconds_count");

  private final TestWorld world = new TestWorld();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void every_name_is_there_from_the_start() {
    assertThat(names()).containsAll(NAMES);
  }

  /** Of 200 KB for all, of which workers, storage and the JVM take some thirty. */
  @Test
  void the_page_stays_small_with_every_route_on_it() {
    assertThat(page()).hasSizeLessThan(165_000);
  }

  private String page() {
    return world.anybody().get("/metrics").text();
  }

  private Set<String> names() {
    return page()
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.replaceFirst("[{ ].*", ""))
        .collect(Collectors.toSet());
  }
}
