package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.WorkerSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API without workers, and the workers as processes of their own. */
@Timeout(300)
class WorkersApartTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String TASK =
      """
      {"task_name":"left","objects":[{"object_name":"left.bin","file_size_bytes":4711}]}\
      """;

  @TempDir Path folder;

  @Test
  void what_the_api_leaves_behind_two_workers_take_to_its_end_and_stop_when_they_are_told_to() {
    try (Site site = Site.open(folder)) {
      Program api = site.controlApi(Map.of(WorkerSetting.ENABLED.variable(), "false"));
      assertThat(api.metrics()).doesNotContain("cleanup_sessions_scanned_total");
      UUID session = create(site);
      endedLongAgo(site, session);

      Program worker = site.worker();
      Program other = site.worker();
      awaitStatus(site, session, "EXPIRED");
      graceIsOver(site, session);
      awaitStatus(site, session, "ABORTED");

      assertThat(worker.metrics() + other.metrics()).contains("cleanup_sessions_scanned_total");
      assertThat(worker.stop()).as("SIGTERM: %s", worker.output()).isEqualTo(143);
      assertThat(worker.output()).contains("stopping the workers", "stopped");
      assertThat(other.isAlive()).isTrue();
    }
  }

  private static UUID create(Site site) {
    try (Api api = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      return UUID.fromString(
          api.post("/v1/projects/" + DevelopmentIdentities.PROJECT + "/upload-tasks", TASK)
              .ok()
              .path("objects")
              .path(0)
              .path("session_id")
              .asString());
    }
  }

  private static void endedLongAgo(Site site, UUID session) {
    site.database()
        .change(
            """
            update upload_sessions set created_at = now() - interval '2 days',
              expires_at = now() - interval '1 minute', due_at = now() - interval '1 minute'
            where id = ?\
            """,
            session);
  }

  private static void graceIsOver(Site site, UUID session) {
    site.database()
        .change(
            """
            update upload_sessions set expires_at = now() - interval '3 hours', due_at = now()
            where id = ?\
            """,
            session);
  }

  private static void awaitStatus(Site site, UUID session, String status) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            site.database()
                .texts("select status::text from upload_sessions where id = ?", session)
                .equals(List.of(status)));
  }
}
