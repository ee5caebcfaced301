package io.waybill.acceptance.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.waybill.acceptance.site.Database;
import io.waybill.acceptance.site.Inspector;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.DatabaseSetting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The database's backups by the page's own lines, on PostgreSQL in a container. */
@Timeout(600)
class BackupPageTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Page PAGE = Page.of("docs/operations/backup.md");
  private static final List<String> LINES = PAGE.blocks("sh");
  private static final String BASE_BACKUP = LINES.get(0);
  private static final String RESTORE = LINES.get(1);
  private static final String DUMP = LINES.get(2);
  private static final String LOAD = LINES.get(3);

  @TempDir Path folder;
  private int commands;

  @Test
  void what_was_archived_comes_back_and_the_rest_is_found_in_the_bucket() throws Exception {
    assumeTrue(
        System.getenv("WAYBILL_TEST_COMPOSE") != null,
        "a Docker engine with PostgreSQL's image is missing: WAYBILL_TEST_COMPOSE is not set");
    try (Site site = Site.open(folder.resolve("site"));
        ContainedPostgres postgres = ContainedPostgres.start(PAGE.blocks("ini").getFirst(), site)) {
      Map<String, String> there = Map.of(DatabaseSetting.URL.variable(), postgres.url());
      Database database =
          new Database(site.configuration().with(Map.of(DatabaseSetting.URL, postgres.url())));
      admin(site, there, 0, "migrate");
      admin(site, there, 0, "seed");
      Program server = site.controlApi(there);
      Sample before = uploads(site, "before");
      postgres.run(BASE_BACKUP);
      Sample archived = uploads(site, "archived");
      archive(database);
      uploads(site, "lost");

      postgres.loseData();
      server.kill();
      postgres.restore(RESTORE);
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .until(() -> database.texts("select pg_is_in_recovery()").equals(List.of("f")));

      assertThat(admin(site, there, 0, "migrate")).contains("0 steps");
      admin(site, there, 0, "recovery", "start");
      server = site.controlApi(there);
      await().atMost(PATIENCE).until(() -> isWhole(database));
      assertThat(admin(site, there, 1, "recovery", "report"))
          .contains("2 datasets, 2 verified, 0 missing their object", "3 objects, 1 nobody's");
      Inspector inspector = new Inspector(database, site.api());
      inspector.findsOnce("before", before);
      inspector.findsOnce("archived", archived);

      server.kill(); // it would write on
      loads(postgres, database);
    }
  }

  /** A dump has every row. */
  private static void loads(ContainedPostgres postgres, Database database) throws Exception {
    postgres.run(DUMP);
    postgres.run("createdb --username=waybill copy");
    postgres.run(LOAD.replace("--dbname=waybill", "--dbname=copy"));
    for (String table :
        database.texts(
            "select tablename from pg_tables where schemaname = 'public' order by tablename")) {
      String count = "select count(*) from " + table;
      assertThat(postgres.run("psql --username=waybill -At -c '" + count + "' copy"))
          .as(table)
          .isEqualTo(postgres.run("psql --username=waybill -At -c '" + count + "' waybill"));
    }
  }

  /** Each tenant has one. */
  private static boolean isWhole(Database database) {
    return Set.of("COMPLETED")
        .equals(Set.copyOf(database.texts("select phase from recovery_runs")));
  }

  /** Returns when all that was committed by now is on the other disk. */
  private static void archive(Database database) {
    String piece = database.texts("select pg_walfile_name(pg_switch_wal())").getFirst();
    await()
        .atMost(PATIENCE)
        .until(() ->
            database.count(
                    "select count(*) from pg_stat_archiver where last_archived_wal >= ?", piece)
                == 1);
  }

  private Sample uploads(Site site, String name) {
    Sample sample = Sample.ofParts(folder.resolve(name + ".bin"), 1);
    Program agent =
        site.agent(
            folder.resolve("state"),
            Map.of("WAYBILL_AGENT_TRANSPORT", "http"),
            "upload",
            "--wait",
            "--task-name",
            name,
            sample.file().toString());
    assertThat(agent.exitCode()).as(agent.output()).isZero();
    return sample;
  }

  /** What the command says. */
  private String admin(Site site, Map<String, String> more, int exitCode, String... arguments) {
    List<String> words = new ArrayList<>(List.of("admin"));
    words.addAll(List.of(arguments));
    Map<String, String> environment = site.environment();
    environment.putAll(more);
    Path log = folder.resolve("admin-" + commands++ + ".log");
    try (Program command =
        Program.start(log, environment, "-Xmx128m", "io.waybill.server.Main", words)) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      return command.output();
    }
  }
}
