package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill admin migrate} and a process, on the database of another version. */
@Timeout(180)
class MigrateCommandTest {
  @TempDir Path folder;

  @Test
  void a_later_schema_is_left_as_it_is_and_an_older_one_makes_a_process_not_ready() {
    try (Site site = Site.open(folder)) {
      Program api = site.controlApi();
      assertThat(migrate(site)).contains("schema is current; 0 steps were applied");

      site.database()
          .change(
              "insert into flyway_schema_history (installed_rank, version, description, type, script,"
                  + " installed_by, execution_time, success) select max(installed_rank) + 1, '9999', 'later',"
                  + " 'SQL', 'V9999__later.sql', 'test', 0, true from flyway_schema_history");
      site.database().change("update event_retention set days = 77");
      assertThat(migrate(site)).contains("later version", "9999", "nothing was changed");
      assertThat(site.database().count("select days from event_retention")).isEqualTo(77);

      site.database().change("delete from flyway_schema_history where version::int >= 71");
      try (Api asked = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        assertThat(asked.get("/readyz").status()).isEqualTo(503);
      }
      api.awaitOutput("the schema is of an older version of Waybill");
      assertThat(said(site, 1, "doctor"))
          .contains("the schema is of an older version of Waybill", "run ./waybill admin migrate");
    }
  }

  private String migrate(Site site) {
    return said(site, 0, "admin", "migrate");
  }

  private String said(Site site, int exitCode, String... words) {
    Path log = folder.resolve(words[words.length - 1] + System.nanoTime() + ".log");
    try (Program command =
        Program.start(
            log, site.environment(), "-Xmx128m", "io.waybill.server.Main", List.of(words))) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      return command.output();
    }
  }
}
