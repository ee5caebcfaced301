package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent's upload on real parts, undisturbed: what every other test here starts from. */
@Timeout(300)
class KilledAgentTest {
  @TempDir Path folder;

  @Test
  void an_undisturbed_upload_sends_every_part_once() {
    try (Site site = Site.open(folder)) {
      site.controlApi();
      site.gateway("waybill-gateway-a");
      Program agent =
          site.agent(
              folder.resolve("state"),
              Map.of(),
              "upload",
              Checkout.RECORDING.toString(),
              "--part-size",
              "5M");

      assertThat(agent.exitCode()).as(agent.output()).isZero();
      assertThat(site.store().stored()).containsExactlyInAnyOrder(1, 2, 3);
      assertThat(site.database().count("select count(*) from upload_sessions")).isEqualTo(1);
    }
  }
}
