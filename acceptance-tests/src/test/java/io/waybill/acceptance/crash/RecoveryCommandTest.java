package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill admin recovery}, on an installation where nothing else runs. */
@Timeout(300)
class RecoveryCommandTest {
  private static final String TENANT = DevelopmentIdentities.TENANT.toString();

  @TempDir Path folder;
  private int commands;

  @Test
  void an_operator_starts_one_sees_how_far_it_is_and_what_it_has_found() throws IOException {
    try (Bench bench = new Bench(folder)) {
      Victim upload = bench.stage(Scenario.COMPLETE, 0);
      Scenario.value(bench.call(upload, Duration.ZERO));
      Site site = bench.site();
      says(site, 0, "tenant " + TENANT + ": recovery ", "start", "--tenant", TENANT);
      says(site, 1, "1 datasets, 0 verified", "status");
      says(site, 1, "0 verified", "report");
      work(site);
      says(site, 0, "COMPLETED: 1 datasets, 1 verified, 0 missing their object", "status");
      says(site, 0, "1 objects, 0 nobody's", "report");

      Path object = site.storeFolder().resolve(key(site));
      Path other = object.resolveSibling("nobody.bin");
      Files.move(object, other);
      says(site, 0, "recovery ", "start");
      work(site);
      String name = site.storeFolder().relativize(other).toString();
      says(site, 1, "nobody's: " + site.storeFolder().getFileName() + "/" + name, "report");
    }
  }

  private static String key(Site site) {
    return site.database().texts("select object_key from upload_sessions").getFirst();
  }

  /** As workers would. */
  private void work(Site site) {
    admin(site, 0, "recover: ", List.of("admin", "worker", "run-once", "recover"));
  }

  private void says(Site site, int exitCode, String words, String... arguments) {
    List<String> all = new ArrayList<>(List.of("admin", "recovery"));
    all.addAll(List.of(arguments));
    admin(site, exitCode, words, all);
  }

  private void admin(Site site, int exitCode, String words, List<String> arguments) {
    Path log = folder.resolve("recovery-" + commands++ + ".log");
    try (Program command =
        Program.start(log, site.environment(), "-Xmx128m", "io.waybill.server.Main", arguments)) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(words).doesNotContain("\tat ");
    }
  }
}
