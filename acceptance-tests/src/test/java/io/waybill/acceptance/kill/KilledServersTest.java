package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The only gateway, or the only API, killed while an agent works with it. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledServersTest {
  private Path folder = Path.of("");
  private Site site;

  @BeforeAll
  void open(@TempDir Path temporary) {
    folder = temporary;
    site = Site.open(temporary);
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void an_upload_over_mqtt_outlives_its_gateway() {
    Program api = site.controlApi();
    killsAndStartsAgain("mqtt", () -> site.gateway("waybill-gateway-a"));
    api.kill();
  }

  @Test
  void an_upload_over_http_outlives_the_api() {
    killsAndStartsAgain("http", site::controlApi);
  }

  /**
   * The server dies several times on the way, and once more when the last part is stored. However
   * long it takes to start again, the store takes no more than belongs before the next death.
   */
  private void killsAndStartsAgain(String transport, Supplier<Program> start) {
    int kills = Scale.times(2);
    Sample sample = Sample.ofParts(folder.resolve(transport), 6 * kills);
    Program server = start.get();
    long before = site.store().partBytes();
    site.store().holdAfter(before);
    Program agent =
        site.agent(
            folder.resolve(transport + ".state"),
            Map.of("WAYBILL_AGENT_TRANSPORT", transport),
            "upload",
            sample.file().toString(),
            "--task-name",
            transport,
            "--wait",
            "--connections",
            "2",
            "--part-size",
            Sample.PART_SIZE);
    for (int kill = 1; kill <= kills; kill++) {
      long bytes = before + kill * sample.sizeBytes() / (kills + 1);
      site.store().holdAfter(bytes);
      site.store().awaitPartBytes(bytes, agent);
      server.kill();
      assertThat(agent.isAlive()).as("killed in the middle; it said %s", agent.output()).isTrue();
      server = start.get();
    }
    site.store().holdAfter(Long.MAX_VALUE);
    site.store().awaitPartBytes(before + sample.sizeBytes(), agent);
    server.kill();
    server = start.get();

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    site.inspector().findsOnce(transport, sample);
    assertThat(site.store().resent()).as("parts sent although they were stored").isEmpty();
    server.kill();
  }
}
