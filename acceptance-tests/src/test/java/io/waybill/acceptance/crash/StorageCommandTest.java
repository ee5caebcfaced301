package io.waybill.acceptance.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.StorageSetting;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code waybill admin storage probe}: what stores do is tried again, and written down. */
@Timeout(300)
class StorageCommandTest {

  @TempDir Path folder;

  @Test
  void each_store_is_tried_again_as_often_as_somebody_asks() {
    try (Site site = Site.open(folder)) {
      site.database().change("delete from storage_capabilities");
      for (int i = 0; i < 2; i++) {
        says(site.environment(), 0, "ok    default/robot-data does ");
        assertThat(
                site.database()
                    .change(
                        "update storage_capabilities set probed_at = 'epoch'"
                            + " where bucket = 'robot-data' and probed_at > 'epoch'"))
            .isOne();
      }
      Map<String, String> noStore = new HashMap<>(site.environment());
      noStore.put(StorageSetting.ENDPOINT.variable(), "http://127.0.0.1:1");
      says(noStore, 1, "FAIL  default/robot-data: ");
    }
  }

  private void says(Map<String, String> environment, int exitCode, String words) {
    Path log = folder.resolve("storage" + System.nanoTime() + ".log");
    List<String> all = List.of("admin", "storage", "probe");
    try (Program command =
        Program.start(log, environment, "-Xmx128m", "io.waybill.server.Main", all)) {
      assertThat(command.exitCode()).as(command.output()).isEqualTo(exitCode);
      assertThat(command.output()).contains(words).doesNotContain("\tat ");
    }
  }
}
