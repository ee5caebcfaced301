package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Checkout;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The agent killed at any moment: power loss on the machine that has the file. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledAgentTest {
  private static final long SLOWLY = 1_000_000;

  private Path folder = Path.of("");
  private Site site;

  @BeforeAll
  void open(@TempDir Path temporary) {
    folder = temporary;
    site = Site.open(temporary);
    site.controlApi();
    site.gateway("waybill-gateway-a");
  }

  @AfterAll
  void close() {
    site.close();
  }

  @Test
  void an_undisturbed_upload_sends_every_part_once() {
    Program agent = agent("calm", "mqtt", "upload", Checkout.RECORDING.toString());

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    site.inspector().findsOnce("calm", Sample.of(Checkout.RECORDING));
    assertThat(site.store().resent()).isEmpty();
  }

  @Test
  void killed_again_and_again_it_ends_with_the_same_object_and_sends_no_stored_part_again() {
    Sample sample = Sample.ofParts(folder.resolve("long.mcap"), 12);
    int kills = Scale.times(5);
    site.store().pace(SLOWLY);
    long before = site.store().partBytes();
    Program agent = agent("long", "mqtt", "upload", sample.file().toString());
    for (int kill = 1; kill <= kills; kill++) {
      site.store().awaitPartBytes(before + kill * sample.sizeBytes() / (kills + 1), agent);
      assertThat(agent.isAlive()).as("killed in the middle, not after the end").isTrue();
      agent.kill();
      site.store().awaitQuiet();
      agent = agent("long", kill % 2 == 0 ? "mqtt" : "http", "resume");
    }
    site.store().pace(0);

    assertThat(agent.exitCode()).as(agent.output()).isZero();
    site.inspector().findsOnce("long", sample);
    assertThat(site.store().resent()).as("parts sent although they were stored").isEmpty();
  }

  @Test
  void killed_between_its_plan_and_the_answer_it_makes_no_second_task() {
    for (int kill = 1; kill <= Scale.times(3); kill++) {
      String name = "early-" + kill;
      Sample sample = Sample.ofParts(folder.resolve(name), 1);
      Program agent = agent(name, "mqtt", "upload", sample.file().toString());
      Awaitility.await()
          .atMost(Duration.ofMinutes(2))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(() -> hasPlan(name));
      agent.kill();
      site.store().awaitQuiet();
      Program next = agent(name, "mqtt", "resume");

      assertThat(next.exitCode()).as(next.output()).isZero();
      site.inspector().findsOnce(name, sample);
    }
  }

  private boolean hasPlan(String name) throws IOException {
    Path uploads = folder.resolve(name + ".state").resolve("uploads");
    if (!Files.exists(uploads)) {
      return false;
    }
    try (Stream<Path> files = Files.list(uploads)) {
      return files.anyMatch(file -> file.toString().endsWith(".json"));
    }
  }

  private Program agent(String name, String transport, String command, String... files) {
    Stream<String> plan =
        command.equals("upload")
            ? Stream.of("--task-name", name, "--part-size", Sample.PART_SIZE)
            : Stream.of();
    return site.agent(
        folder.resolve(name + ".state"),
        Map.of("WAYBILL_AGENT_TRANSPORT", transport),
        Stream.of(Stream.of(command, "--connections", "2"), plan, Stream.of(files))
            .flatMap(arguments -> arguments)
            .toArray(String[]::new));
  }
}
