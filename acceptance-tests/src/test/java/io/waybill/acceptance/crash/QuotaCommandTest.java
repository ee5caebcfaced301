package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill admin quota}, on an installation whose counters somebody has spoiled. */
@Timeout(300)
class QuotaCommandTest {

  private static final String TENANT = DevelopmentIdentities.TENANT.toString();

  @TempDir Path folder;

  @Test
  void an_operator_bounds_a_tenant_and_mends_what_is_counted_wrong() {
    try (Site site = Site.open(folder)) {
      says(site, 0, "no bound of its own, 0 bytes stored, 0 promised", "show", "--tenant", TENANT);
      says(site, 0, "at most 1000 bytes", "bound", "--tenant", TENANT, "--max-bytes", "1000");
      says(site, 0, "no bound of its own", "bound", "--tenant", TENANT, "--max-bytes", "0");
      String bounds =
          "select count(*) from audit_events where action = 'quota.bounded' and actor = 'admin'";
      assertThat(site.database().count(bounds)).isEqualTo(2);
      String nobody = "0190a000-0000-7000-8000-00000000dead";
      says(site, 1, "there is no tenant", "bound", "--tenant", nobody, "--max-bytes", "1");
      says(site, 2, "must be 0 or more", "bound", "--tenant", TENANT, "--max-bytes", "-1");

      says(site, 0, "what is counted is what is there", "reconcile", "--look");
      site.database().change("insert into tenant_usage values (?::uuid, 3, 5, 6)", TENANT);
      String wrong = "tenant_used_bytes of " + TENANT + " is counted as 5 and is 0";
      says(site, 1, wrong, "reconcile", "--look", "--tenant", TENANT);
      says(site, 0, "2 counters were mended", "reconcile");
      says(site, 0, "what is counted is what is there", "reconcile", "--look");
    }
  }

  private void says(Site site, int exitCode, String words, String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin", "quota"));
    all.addAll(List.of(arguments));
    Path log = folder.resolve("quota" + System.nanoTime() + ".log");
    try (Program command =
        Program.start(log, site.environment(), "-Xmx128m", "io.waybill.server.Main", all)) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(words).doesNotContain("\tat ");
    }
  }
}
