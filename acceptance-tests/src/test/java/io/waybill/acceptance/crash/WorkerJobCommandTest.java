package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.StorageSetting;
import io.waybill.workers.JobName;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill admin worker run-once}, on an installation where nothing else runs. */
@Timeout(900)
class WorkerJobCommandTest {

  @TempDir Path folder;

  @Test
  void each_worker_runs_once_by_hand_and_says_what_it_did() {
    try (Site site = Site.open(folder)) {
      for (JobName job : JobName.values()) {
        says(site.environment(), 0, job.text() + ": ", "items, 0 errors", job.text());
      }
      Map<String, String> noStore = new HashMap<>(site.environment());
      noStore.put(StorageSetting.ENDPOINT.variable(), "http://127.0.0.1:1");
      site.database().change("delete from storage_capabilities");
      says(noStore, 1, "probe: 1 rounds, 0 items, 1 errors", "stays due", "probe");
    }
  }

  private void says(
      Map<String, String> environment, int exitCode, String words, String more, String job) {
    Path log = folder.resolve("worker" + System.nanoTime() + ".log");
    List<String> all = List.of("admin", "worker", "run-once", job);
    try (Program command =
        Program.start(log, environment, "-Xmx128m", "io.waybill.server.Main", all)) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(words, more).doesNotContain("\tat ");
    }
  }
}
