package io.waybill.acceptance.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.wire.Json;
import io.waybill.wire.Parsed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code waybill admin audit}, on a trail that is whole, and on one that somebody got at. */
@Timeout(300)
class AuditCommandTest {

  /** More than one page of the export. */
  private static final int TAGS = 505;

  private static final String TENANT = DevelopmentIdentities.TENANT.toString();
  private static final String ROWS = "select id::text from audit_events where tenant_id = ?::uuid";

  @TempDir Path folder;

  @Test
  void an_operator_sees_whether_the_trail_is_whole_and_takes_all_of_it_along() {
    try (Site site = Site.open(folder)) {
      Program api = site.controlApi();
      makeTags(site, 0, 1);
      awaitSealed(site);
      makeTags(site, 1, TAGS);
      awaitSealed(site);
      assertThat(api.stop()).isIn(0, 143);
      List<String> rows = site.database().texts(ROWS + " order by id desc", TENANT);
      String seal = lastSeal(site);

      says(site, 0, "over " + rows.size() + " rows, whole; last seal " + seal, "--tenant", TENANT);
      says(site, 0, "whole", "--expect", seal, "--tenant", TENANT);
      exports(site, rows);

      change(site, "delete from audit_seals where tenant_id = ?::uuid and number > 1");
      says(site, 1, seal + " is not there any more", "--expect", seal, "--tenant", TENANT);

      String oldest =
          site.database()
              .texts(
                  "select row_ids[1]::text from audit_seals where number = 1 and tenant_id ="
                      + " ?::uuid",
                  TENANT)
              .getFirst();
      String itself = " where id = '" + oldest + "' and tenant_id = ?::uuid";
      change(site, "update audit_events set actor = 'nobody'" + itself);
      says(site, 1, "seal 1: row " + oldest + " was changed");
      change(site, "delete from audit_events" + itself);
      says(site, 1, "seal 1: row " + oldest + " was removed");
    }
  }

  private static void makeTags(Site site, int from, int to) {
    String tags = "/v1/projects/" + DevelopmentIdentities.PROJECT + "/tags";
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      for (int i = from; i < to; i++) {
        assertThat(admin.post(tags, "{\"name\": \"tag %d\"}".formatted(i)).status()).isEqualTo(201);
      }
    }
  }

  private static void awaitSealed(Site site) {
    String open =
        """
        select count(*) from audit_events e where tenant_id = ?::uuid
          and not exists (select from audit_seals s where s.tenant_id = e.tenant_id and e.id = any (s.row_ids))
        """;
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> site.database().count(open, TENANT) == 0);
  }

  private static String lastSeal(Site site) {
    return site.database()
        .texts(
            "select number || ':' || hash from audit_seals where tenant_id = ?::uuid"
                + " order by number desc limit 1",
            TENANT)
        .getFirst();
  }

  /** What the owner of the tables can do, and nobody else. */
  private static void change(Site site, String sql) {
    assertThat(site.database().change(sql, TENANT)).isPositive();
  }

  /** Every row is a line, none twice, the newest first. */
  private void exports(Site site, List<String> rows) {
    List<String> ids = new ArrayList<>();
    for (String line : run(site, 0, "export", "--tenant", TENANT).lines().toList()) {
      JsonNode row = parsed(line);
      assertThat(row.get("tenant_id").asString()).isEqualTo(TENANT);
      ids.add(row.at("/event/audit_event_id").asString());
    }
    assertThat(ids).isEqualTo(rows);
  }

  private static JsonNode parsed(String line) {
    if (Json.parse(line.getBytes(UTF_8)) instanceof Parsed.Read<JsonNode>(JsonNode row)) {
      return row;
    }
    throw new AssertionError("not JSON: " + line);
  }

  private void says(Site site, int exitCode, String words, String... arguments) {
    List<String> all = new ArrayList<>(List.of("verify"));
    all.addAll(List.of(arguments));
    assertThat(run(site, exitCode, all.toArray(String[]::new)))
        .contains(words)
        .doesNotContain("\tat ");
  }

  private String run(Site site, int exitCode, String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin", "audit"));
    all.addAll(List.of(arguments));
    Path log = folder.resolve("audit" + System.nanoTime() + ".log");
    try (Program command =
        Program.start(log, site.environment(), "-Xmx128m", "io.waybill.server.Main", all)) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      return command.output();
    }
  }
}
