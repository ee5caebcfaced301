package io.waybill.acceptance.traces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.traces.CollectorStub.Manner;
import io.waybill.acceptance.traces.CollectorStub.Told;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A device's command is told as one tree, like a request over HTTP. */
@Timeout(300)
class GatewayTracesTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String CALLER = "00f067aa0ba902b7";
  private static final String TASK =
      """
      {"project_id":"%s","task_name":"hidden-task",
       "objects":[{"object_name":"hidden-name.bin","file_size_bytes":11534336}]}\
      """
          .formatted(DevelopmentIdentities.PROJECT);

  @Test
  void a_command_is_one_tree_that_hangs_on_its_device(@TempDir Path folder) {
    try (CollectorStub collector = CollectorStub.open(Manner.TAKES);
        Site site = Site.open(folder)) {
      Program gateway = site.gateway("waybill-gateway-a", collector.asEnvironment());
      try (Device robot = Device.robot17(site.configuration())) {
        robot.within("00-" + TRACE + "-" + CALLER + "-01");
        JsonNode task = robot.result("create_session", TASK);
        String session = task.path("objects").path(0).path("session_id").asString();
        robot.result("pause_upload", "{\"session_id\":\"" + session + "\"}");
        assertThat(robot.refusal("wb_dev_local_only", "{}")).isEqualTo("mqtt.unknown_command");
      }

      await().atMost(PATIENCE).until(() -> named(collector, "mqtt unknown").size() == 1);
      List<Told> created = named(collector, "mqtt create_session");
      assertThat(created).hasSize(1);
      Told root = created.getFirst();
      assertThat(root.parentId()).isEqualTo(CALLER);
      assertThat(root.service()).isEqualTo("waybill-gateway");
      assertThat(root.attributes())
          .containsEntry("waybill.device_id", DevelopmentIdentities.ROBOT_17.toString())
          .containsEntry("waybill.tenant_id", DevelopmentIdentities.TENANT.toString())
          .containsEntry("waybill.outcome", "ok");
      assertThat(collector.of(TRACE))
          .filteredOn(span -> Trees.isBelow(root, span, collector.of(TRACE)))
          .extracting(Told::name)
          .contains("usecase CreateUploadTask", "s3 create", "sql commit");
      assertThat(collector.of(TRACE).toString())
          .doesNotContain("wb_dev", "://", "hidden-name", "hidden-task");
      tellsOfWorkers(collector);
      assertThat(gateway.output()).contains("trace_id\":\"" + TRACE);
    }
  }

  /** That the upload is paused is brought to its device by a worker. */
  private static void tellsOfWorkers(CollectorStub collector) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            collector.all().stream()
                .filter(span -> span.name().equals("worker deliver-mqtt"))
                .anyMatch(round ->
                    collector.all().stream()
                        .filter(span -> span.name().equals("deliver mqtt"))
                        .anyMatch(span -> Trees.isBelow(round, span, collector.all()))));
  }

  private static List<Told> named(CollectorStub collector, String name) {
    return collector.of(TRACE).stream().filter(span -> span.name().equals(name)).toList();
  }
}
