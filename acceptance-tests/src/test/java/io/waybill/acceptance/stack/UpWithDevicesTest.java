package io.waybill.acceptance.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code ./waybill up --devices}: a fleet that lives, and that leaves nothing behind. */
@Timeout(600)
class UpWithDevicesTest {
  private static final Duration LONG = Duration.ofMinutes(4);
  private static final String PROJECT = "/v1/projects/" + DevelopmentIdentities.PROJECT;

  @TempDir Path folder;

  @Test
  void machines_record_and_upload_and_none_outlives_its_hall() {
    try (Up up = new Up(folder, Program.Host.OURS)) {
      Program stack = up.startReady("--devices", "3");
      URI address = URI.create("http://127.0.0.1:" + up.port("http"));
      try (Api api = new Api(address, DevelopmentIdentities.API_KEY)) {
        assertThat(codes(api)).contains("sim-weld-1", "sim-palletiser-1", "sim-inspection-1");
        awaitStored(api, 3);
        List<ProcessHandle> agents = agents(stack);
        assertThat(agents).hasSize(3);

        stack.kill();
        awaitGone(agents);

        stack = up.startReady("--devices", "3");
        awaitStored(api, 5);
        agents = agents(stack);
        assertThat(stack.stop()).as(stack.output()).isIn(0, 143);
        awaitGone(agents);
      }
    }
  }

  @Test
  void a_hall_of_a_thousand_is_refused_with_the_number_that_there_may_be() {
    try (Up up = new Up(folder, Program.Host.OURS)) {
      Program stack = up.start("--devices", "1000");
      assertThat(stack.exitCode()).isNotZero();
      assertThat(stack.output()).contains("--devices is a number from 0 to 40");
    }
  }

  private static List<String> codes(Api api) {
    return api.get(PROJECT + "/devices?limit=100")
        .ok()
        .path("devices")
        .valueStream()
        .map(device -> device.path("device_code").asString())
        .toList();
  }

  /** So many files are there that machines have sent. */
  private static void awaitStored(Api api, int files) {
    Awaitility.await(files + " files")
        .atMost(LONG)
        .pollInterval(Duration.ofMillis(500))
        .until(() -> {
          JsonNode page = api.get(PROJECT + "/datasets?limit=100&status=READY").ok();
          return page.path("datasets").size() >= files;
        });
  }

  private static List<ProcessHandle> agents(Program stack) {
    return ProcessHandle.of(stack.pid())
        .orElseThrow()
        .descendants()
        .filter(process -> process.info().command().orElse("").endsWith("/java"))
        .toList();
  }

  private static void awaitGone(List<ProcessHandle> agents) {
    Awaitility.await("the agents end with the stack")
        .atMost(LONG)
        .until(() -> agents.stream().noneMatch(ProcessHandle::isAlive));
  }
}
