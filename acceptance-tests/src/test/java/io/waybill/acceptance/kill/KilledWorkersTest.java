package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.EventEar;
import io.waybill.acceptance.site.HookReceiver;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WebhookSetting;
import io.waybill.server.config.WorkerSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two processes of workers and two gateways, each killed at any moment over uploads that are
 * completed, given up and left; meanwhile the database dies and the store answers 503. At the end
 * every row, object, sum and event is compared.
 */
@Timeout(7200)
class KilledWorkersTest {
  /** 304 at scale 38. */
  private static final int KILLS = Scale.times(8);

  private static final int LIVES_PER_KILL = 3;

  @TempDir Path folder;
  private final long seed = Long.getLong("waybill.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void whoever_dies_rows_objects_sums_and_events_agree_in_the_end() throws Exception {
    System.out.println("KilledWorkersTest: -Dwaybill.test.seed=" + seed);
    try (Site site = Site.open(folder);
        MoodyStore store = moody(site);
        HookReceiver hook = HookReceiver.open(random.nextLong());
        Api api = new Api(site.api(), DevelopmentIdentities.API_KEY);
        Lives lives = new Lives(api, site.database(), random.nextLong())) {
      Map<String, String> more = environment(store);
      Map<String, String> withoutWorkers = new HashMap<>(more);
      withoutWorkers.put(WorkerSetting.ENABLED.variable(), "false");
      site.controlApi(withoutWorkers);
      String endpoint = "{\"url\": \"%s\"}".formatted(hook.address());
      api.post("/v1/webhook-endpoints", endpoint).ok();
      try (EventEar ear = EventEar.robot17(site.configuration())) {
        die(site, store, lives, more);
        allAgree(site, lives, hook, ear);
      }
    }
  }

  private static MoodyStore moody(Site site) {
    return MoodyStore.before(
        URI.create(site.configuration().text(StorageSetting.ENDPOINT)).getPort());
  }

  private static Map<String, String> environment(MoodyStore store) {
    return Map.of(
        StorageSetting.ENDPOINT.variable(), store.address().toString(),
        WebhookSetting.ALLOWED_NETWORKS.variable(), "127.0.0.0/8",
        WorkerSetting.PERIOD_SECONDS.variable(), "1");
  }

  /** Kills, each of one of two of its kind, while people go on and the other one works. */
  private void die(Site site, MoodyStore store, Lives lives, Map<String, String> more)
      throws Exception {
    List<IntFunction<Program>> kinds =
        List.of(
            n -> site.worker(more),
            n -> site.worker(more),
            n -> site.gateway("waybill-gateway-a" + n, more),
            n -> site.gateway("waybill-gateway-b" + n, more));
    Program[] running = new Program[kinds.size()];
    List<Integer> places = new ArrayList<>();
    for (int place = 0; place < running.length; place++) {
      running[place] = kinds.get(place).apply(0);
      places.add(place);
    }
    List<Future<?>> begun = new ArrayList<>();
    for (int kill = 1; kill <= KILLS; kill++) {
      if (kill % places.size() == 1) {
        Collections.shuffle(places, random);
      }
      store.be(kill % 4 == 2 ? Mood.BUSY : Mood.WELL);
      if (kill % 6 == 3) {
        killDatabase(site);
      }
      int first = lives.ended() + random.nextInt(LIVES_PER_KILL);
      Future<?> batch = lives.begin(LIVES_PER_KILL);
      begun.add(batch);
      await().atMost(Patience.LIMIT).until(() -> lives.ended() >= first || batch.isDone());
      int place = places.get(kill % places.size());
      running[place].kill();
      store.be(Mood.WELL);
      running[place] = kinds.get(place).apply(kill);
    }
    for (Future<?> batch : begun) {
      batch.get();
    }
  }

  private static void killDatabase(Site site) throws IOException {
    Path pid = site.logs().resolve("data/postgres/data/postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
  }

  private static void allAgree(Site site, Lives lives, HookReceiver hook, EventEar ear) {
    Agreement agreement = new Agreement(site);
    leasesOfTheDeadAreOver(site);
    await()
        .atMost(Patience.LIMIT)
        .until(() ->
            Lives.leave(site.database(), "true") == 0
                && site.database()
                        .count(
                            "select count(*) from upload_sessions"
                                + " where status not in ('COMPLETED', 'ABORTED', 'FAILED')")
                    == 0);
    heard(() -> agreement.untoldToWebhook(hook.taken()));
    heard(() -> agreement.untoldToDevice(heard(ear)));
    await().atMost(Patience.LIMIT).until(agreement::isEveryDeliverySettled);

    assertThat(agreement.ends())
        .as("all kinds of ends")
        .contains("upload.completed", "upload.aborted", "upload.expired");
    agreement.ofSessions(lives.completed());
    agreement.ofRows(lives.acknowledged());
    agreement.ofSums();
    Agreement.ofOrder("webhook", hook.taken());
    Agreement.ofOrder("mqtt", heard(ear));
  }

  private static void leasesOfTheDeadAreOver(Site site) {
    site.database().change("update upload_sessions set due_at = now() where " + Lives.UNDER_WAY);
    site.database()
        .change("update outbox_deliveries set next_attempt_at = now() where status = 'PENDING'");
  }

  private static void heard(Supplier<List<String>> untold) {
    await().atMost(Patience.LIMIT).untilAsserted(() -> assertThat(untold.get()).isEmpty());
  }

  private static List<JsonNode> heard(EventEar ear) {
    return ear.messages().stream()
        .map(message -> JsonMapper.shared().readTree(message.getPayloadAsBytes()))
        .toList();
  }
}
