package io.waybill.acceptance.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.traces.CollectorStub.Manner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a script has an agent do is a part of the script's trace, whichever road it takes. */
@Timeout(300)
class AgentTracesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String OVER_MQTT = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String OVER_HTTP = "4bf92f3577b34da6a3ce929d0e0e4737";
  private static final String NOBODYS = "4bf92f3577b34da6a3ce929d0e0e4738";

  @TempDir private Path folder;

  @Test
  void an_upload_is_in_the_trace_of_whoever_started_it() {
    try (CollectorStub collector = CollectorStub.open(Manner.TAKES);
        Site site = Site.open(folder.resolve("site"))) {
      Map<String, String> told = collector.asEnvironment();
      site.gateway("waybill-gateway-a", told);
      site.controlApi(told);
      uploads(site, "00-" + OVER_MQTT + "-" + CALLER + "-01", "mqtt");
      uploads(site, "00-" + OVER_HTTP + "-" + CALLER + "-01", "http");
      uploads(site, "00-" + NOBODYS + "-" + CALLER + "-1", "mqtt");

      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> {
            assertThat(collector.of(OVER_MQTT))
                .filteredOn(span -> span.parentId().equals(CALLER))
                .extracting(CollectorStub.Told::name)
                .contains("mqtt create_session", "mqtt acknowledge_part", "mqtt complete_upload");
            assertThat(collector.of(OVER_HTTP))
                .filteredOn(span -> span.parentId().equals(CALLER))
                .extracting(CollectorStub.Told::name)
                .contains("POST /v1/uploads/{session_id}/complete");
          });
      assertThat(collector.of(NOBODYS)).as("what is no traceparent is nobody's").isEmpty();
    }
  }

  private void uploads(Site site, String traceparent, String road) {
    Sample sample = Sample.ofParts(folder.resolve(traceparent + ".bin"), 2);
    Program agent =
        site.agent(
            folder.resolve("state"),
            Map.of("TRACEPARENT", traceparent),
            "upload",
            "--transport",
            road,
            "--task-name",
            traceparent,
            "--part-size",
            Sample.PART_SIZE,
            sample.file().toString());
    assertThat(agent.exitCode()).as(agent.output()).isZero();
  }
}
