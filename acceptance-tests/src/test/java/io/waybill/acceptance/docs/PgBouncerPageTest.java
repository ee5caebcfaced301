package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.DatabaseSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The page's files and statements do what the page says, on PgBouncer itself. */
@Timeout(300)
class PgBouncerPageTest {
  private static final Page PAGE = Page.of("docs/operations/pgbouncer.md");
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final long SLOWLY = 1_000_000;

  @TempDir Path folder;

  @Test
  void an_upload_goes_on_over_the_death_of_the_pooler() throws Exception {
    assumeTrue(PgBouncer.missing().isEmpty(), PgBouncer.missing());
    try (Site site = Site.open(folder);
        PgBouncer pooler = PgBouncer.start(PAGE.blocks("ini").getFirst(), site, folder)) {
      for (String limit : PAGE.blocks("sql").getFirst().lines().toList()) {
        // No administrator is at hand, and everybody may do this to themselves.
        site.database().change(limit.replace("waybill_service", "current_user"));
      }
      Map<String, String> pooled =
          Map.of(
              DatabaseSetting.URL.variable(),
              pooler.url(),
              DatabaseSetting.LISTEN_URL.variable(),
              site.configuration().text(DatabaseSetting.URL));
      List<Program> servers =
          List.of(site.controlApi(pooled), site.gateway("waybill-gateway", pooled));
      Sample sample = Sample.ofParts(folder.resolve("run.bin"), 3);
      site.store().pace(SLOWLY);

      Program agent =
          site.agent(
              folder.resolve("state"),
              Map.of(),
              "upload",
              "--wait",
              "--task-name",
              "pooled",
              "--part-size",
              Sample.PART_SIZE,
              sample.file().toString());
      site.store().awaitPartBytes(sample.sizeBytes() / 2, agent);
      pooler.kill();
      pooler.run();

      assertThat(agent.exitCode()).as(agent.output()).isZero();
      site.inspector().findsOnce("pooled", sample);
      await().atMost(PATIENCE).until(() -> isReady(site));
      for (Program server : servers) {
        assertThat(server.output()).doesNotContain("prepared statement");
      }
      looksAtConnections(site, new Database(site.configuration().with(pooler.asDatabase())));
    }
  }

  private static boolean isReady(Site site) {
    return site.database()
        .texts(
            "select d.status from datasets d join upload_objects o on o.dataset_id = d.id"
                + " join upload_tasks t on t.id = o.task_id where t.task_name = 'pooled'")
        .equals(List.of("READY"));
  }

  /** The pooled ones have the limits that direct ones have, and those that listen go past it. */
  private static void looksAtConnections(Site site, Database pooled) {
    assertThat(pooled.texts("show statement_timeout")).containsExactly("2s");
    assertThat(pooled.texts("show enable_seqscan")).containsExactly("off");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() ->
            assertThat(
                    site.database()
                        .count(
                            "select count(*) from pg_stat_activity"
                                + " where application_name = 'waybill-listener'"))
                .as("listeners of two processes")
                .isEqualTo(2));
  }
}
