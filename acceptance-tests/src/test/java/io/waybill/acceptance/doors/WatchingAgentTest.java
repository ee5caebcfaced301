package io.waybill.acceptance.doors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Sample;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The daemon on a machine that loses power again and again, while recordings are made. */
@Timeout(900)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@ExtendWith(SharedSite.class)
class WatchingAgentTest {
  private static final long SLOWLY = 400_000;
  private static final int FILES = 2;

  private final Site site;
  private final Api everything;
  private final Random random = new Random(2026);
  private Path folder = Path.of("");

  WatchingAgentTest(Site site) {
    this.site = site;
    this.everything = TwoPartUpload.everything(site);
  }

  @AfterAll
  void leave() {
    site.store().pace(0);
    everything.close();
  }

  @Test
  void files_arrive_once_and_as_they_were_and_only_those_go_that_are_proven_to_be_stored(
      @TempDir Path temporary) throws IOException {
    folder = temporary;
    String verified =
        PolicyProject.under(
            everything,
            "watched",
            "\"checksum_mode\": \"STORAGE_NATIVE_CRC32C\", \"default_part_size_bytes\": 5242880");
    String unverified =
        PolicyProject.under(everything, "trusted", "\"checksum_mode\": \"CLIENT_REPORTED\"");
    Map<String, Sample> going = new TreeMap<>();
    Map<String, Sample> staying = new TreeMap<>();
    List<String> resentBefore = site.store().resent();
    Files.createDirectories(folder.resolve("going"));
    Files.createDirectories(folder.resolve("staying"));

    site.store().pace(SLOWLY);
    int kills = Scale.times(20);
    Program agent = run(verified, unverified);
    for (int kill = 0; kill < kills; kill++) {
      for (int n = 0; n < FILES; n++) {
        record("going", going);
      }
      if (kill % 2 == 0) {
        record("staying", staying);
      }
      await(agent, somethingHappens());
      agent.kill();
      site.store().awaitQuiet();
      agent = run(verified, unverified);
    }
    site.store().pace(0);
    await(agent, () -> left("going").isEmpty());
    await(agent, () -> stored(unverified).size() == staying.size());
    assertThat(agent.stop()).as(agent.output()).isIn(0, 143);

    assertThat(stored(verified)).isEqualTo(sums(going));
    assertThat(stored(unverified)).isEqualTo(sums(staying));
    assertThat(left("staying")).hasSameSizeAs(staying.keySet());
    assertThat(site.store().resent()).as("parts sent although stored").isEqualTo(resentBefore);
  }

  /**
   * A moment to be killed at: when some bytes have passed, when some file has gone, or soon after
   * its start, whatever it does then.
   */
  private BooleanSupplier somethingHappens() {
    if (random.nextInt(3) == 0) {
      long moment = System.nanoTime() + random.nextLong(Duration.ofSeconds(3).toNanos());
      return () -> System.nanoTime() >= moment;
    }
    long bytes = site.store().partBytes() + random.nextInt(12 << 20);
    int files = Math.max(0, left("going").size() - 1 - random.nextInt(3));
    return () -> site.store().partBytes() >= bytes || left("going").size() <= files;
  }

  /** Written beside and renamed into place, as recorders do. */
  private void record(String directory, Map<String, Sample> samples) throws IOException {
    String name = directory + "-" + samples.size() + ".mcap";
    byte[] bytes = new byte[1 + random.nextInt(6 << 20)];
    random.nextBytes(bytes);
    Path fresh = Files.write(folder.resolve("fresh"), bytes);
    Path file = Files.move(fresh, folder.resolve(directory).resolve(name));
    samples.put(
        name, new Sample(file, bytes.length, Sample.sha256(new ByteArrayInputStream(bytes))));
  }

  private Program run(String verified, String unverified) {
    String key = everything.get("/v1/receipts/keys").ok().at("/keys/0/x").asString();
    String entry = "{directory: %s, project: %s, settle: rename, after_upload: delete}";
    return site.agent(
        folder.resolve("state"),
        Map.of(
            "WAYBILL_AGENT_RECEIPT_KEYS",
            key,
            "WAYBILL_AGENT_RESCAN",
            "2s",
            "WAYBILL_AGENT_WATCH",
            "["
                + entry.formatted(folder.resolve("going"), verified)
                + ", "
                + entry.formatted(folder.resolve("staying"), unverified)
                + "]"),
        "run");
  }

  private void await(Program agent, BooleanSupplier what) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(20))
        .failFast(() -> assertThat(agent.isAlive()).as("alive; %s", agent.output()).isTrue())
        .until(what::getAsBoolean);
  }

  private List<Path> left(String directory) {
    try (var files = Files.list(folder.resolve(directory))) {
      return files.toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> sums(Map<String, Sample> samples) {
    Map<String, String> sums = new TreeMap<>();
    samples.forEach((name, sample) -> sums.put(name, sample.sha256()));
    return sums;
  }

  /** What is ready in a project, each by the sum of what is downloaded; each name is there once. */
  private Map<String, String> stored(String project) {
    Map<String, String> sums = new TreeMap<>();
    for (JsonNode dataset : datasets(project)) {
      if (dataset.path("status").asString().equals("READY")) {
        byte[] bytes = everything.download(project, dataset.path("dataset_id").asString());
        try {
          String twice =
              sums.put(
                  dataset.path("name").asString(), Sample.sha256(new ByteArrayInputStream(bytes)));
          assertThat(twice).as("another dataset of the same name").isNull();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
    return sums;
  }

  private List<JsonNode> datasets(String project) {
    List<JsonNode> all = new ArrayList<>();
    String path = "/v1/projects/" + project + "/datasets?limit=100";
    String cursor = "";
    do {
      JsonNode page = everything.get(path + cursor).ok();
      page.path("datasets").forEach(all::add);
      cursor = "&cursor=" + page.path("next_cursor").asString("");
    } while (!cursor.equals("&cursor="));
    return all;
  }
}
