package io.waybill.acceptance.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.Tools;
import io.waybill.acceptance.traces.CollectorStub.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** From a slow bucket of a histogram to the trace that fell into it, by Prometheus itself. */
@Timeout(300)
class ExemplarsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4741";

  @TempDir private Path folder;

  @Test
  void prometheus_has_the_trace_behind_a_duration_of_each_kind() throws Exception {
    String missing = Tools.missing("prometheus");
    assumeTrue(missing.isEmpty(), missing);
    try (CollectorStub collector = CollectorStub.open(Manner.TAKES);
        Site site = Site.open(folder.resolve("site"))) {
      Map<String, String> told = collector.asEnvironment();
      Program gateway = site.gateway("waybill-gateway-a", told);
      Program api = site.controlApi(told);
      Program worker = site.worker(told);
      try (Prometheus prometheus =
          Prometheus.start(folder, List.of(gateway.probes(), api.probes(), worker.probes()))) {
        uploads(site, "mqtt");
        uploads(site, "http");

        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(prometheus.targets().split("\"health\":\"up\"", -1))
                    .as("what comes between pages that it can read")
                    .hasSize(4));
        for (String histogram :
            List.of(
                "mqtt_request_duration_seconds_bucket",
                "api_request_duration_seconds_bucket",
                "storage_operation_duration_seconds_bucket")) {
          await()
              .atMost(PATIENCE)
              .untilAsserted(() ->
                  assertThat(prometheus.exemplars(histogram))
                      .as("%s at %s", histogram, prometheus.targets())
                      .contains(TRACE));
        }
      }
    }
  }

  private void uploads(Site site, String road) {
    Sample sample = Sample.ofParts(folder.resolve(road + ".bin"), 1);
    Program agent =
        site.agent(
            folder.resolve("state"),
            Map.of("TRACEPARENT", "00-" + TRACE + "-00f067aa0ba902b7-01"),
            "upload",
            "--transport",
            road,
            "--task-name",
            road,
            sample.file().toString());
    assertThat(agent.exitCode()).as(agent.output()).isZero();
  }
}
