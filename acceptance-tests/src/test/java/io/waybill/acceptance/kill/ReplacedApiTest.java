package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import java.nio.file.Path;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The API replaced, as an upgrade does it, beside an agent that has no other road. */
@Timeout(600)
class ReplacedApiTest {
  private static final long SLOWLY = 3_000_000;

  @TempDir Path folder;

  @Test
  void whenever_the_api_is_replaced_what_the_agent_says_to_have_stored_is_stored() {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    try (Site site = Site.open(folder)) {
      Program api = site.controlApi();
      site.store().pace(SLOWLY);
      for (int turn = 1; turn <= Scale.times(3); turn++) {
        String name = "turn-" + turn;
        Sample sample = Sample.ofParts(folder.resolve(name), 2);
        long passed = site.store().partBytes();
        Program agent = agent(site, sample, name);
        // at its end, too: the last bytes, and what follows them
        long moment = turn % 2 == 0 ? sample.sizeBytes() : random.nextLong(1, sample.sizeBytes());
        site.store().awaitPartBytes(passed + moment, agent);
        if (random.nextInt(4) == 0) {
          api.kill();
        } else {
          assertThat(api.stop()).as("it drained").isEqualTo(143);
        }
        api = site.controlApi();

        assertThat(agent.exitCode()).as(agent.output()).isZero();
        site.inspector().findsOnce(name, sample);
        assertThat(statusOfDataset(site, name)).isEqualTo("READY");
      }
    }
  }

  private Program agent(Site site, Sample sample, String name) {
    return site.agent(
        folder.resolve(name + ".state"),
        Map.of("WAYBILL_AGENT_TRANSPORT", "http"),
        "upload",
        "--wait",
        "--task-name",
        name,
        "--part-size",
        Sample.PART_SIZE,
        sample.file().toString());
  }

  private static String statusOfDataset(Site site, String taskName) {
    return site.database()
        .texts(
            "select d.status from datasets d join upload_objects o on o.dataset_id = d.id"
                + " join upload_tasks t on t.id = o.task_id where t.task_name = ?",
            taskName)
        .getFirst();
  }
}
