package io.waybill.acceptance.kill;

import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.EventEar;
import io.waybill.acceptance.site.HookReceiver;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.acceptance.site.StreamEar;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WebhookSetting;
import io.waybill.server.config.WorkerSetting;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of workers, two gateways and two APIs, killed at any moment over uploads that are
 * completed, given up and left; meanwhile the database dies and the store answers 503. At the end
 * every row, object, sum and event is compared.
 */
@Timeout(7200)
class KilledWorkersTest {
  /** Two processes die in each: 16, and 304 at scale 19. */
  private static final int STEPS = Scale.times(8);

  private static final String REFUSED = "upload.expired";

  @TempDir Path folder;
  private final long seed = Long.getLong("waybill.test.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void whoever_dies_rows_objects_sums_and_events_agree_in_the_end() throws Exception {
    System.out.println("KilledWorkersTest: -Dwaybill.test.seed=" + seed);
    try (Site site = Site.open(folder);
        MoodyStore store = MoodyStore.before(site);
        HookReceiver hook = HookReceiver.open(random.nextLong());
        HookReceiver choosy = HookReceiver.refusing(REFUSED, random.nextLong());
        Api api = new Api(site.api(), DevelopmentIdentities.API_KEY);
        Lives lives = new Lives(api, site.database(), random.nextLong())) {
      Map<String, String> more = environment(store);
      site.controlApi(Deaths.withoutWorkers(more));
      endpoint(api, hook);
      String refusing = endpoint(api, choosy);
      Deaths deaths = new Deaths(site, store, random, more);
      try (EventEar ear = EventEar.robot17(site.configuration());
          StreamEar console =
              StreamEar.of(
                  deaths.apis(),
                  DevelopmentIdentities.PROJECT.toString(),
                  DevelopmentIdentities.API_KEY)) {
        await().atMost(Patience.LIMIT).until(() -> console.connections() > 0);
        deaths.strike(STEPS, lives);
        allEnd(site);
        Told told = new Told(site.database());
        told.isHeardByAll(hook, ear, console);
        told.isRefusedOnlyBy(refusing, choosy, REFUSED);
        allAgree(site, lives);
        System.out.println(
            "KilledWorkersTest: died %s, uploads %d, ends %s, deliveries %s, console came %d times"
                .formatted(
                    deaths.counts(),
                    lives.ended(),
                    told.ends(),
                    told.deliveries(),
                    console.connections()));
      }
    }
  }

  private static Map<String, String> environment(MoodyStore store) {
    return Map.of(
        StorageSetting.ENDPOINT.variable(), store.address().toString(),
        WebhookSetting.ALLOWED_NETWORKS.variable(), "127.0.0.0/8",
        WorkerSetting.PERIOD_SECONDS.variable(), "1");
  }

  private static String endpoint(Api api, HookReceiver hook) {
    return api.post("/v1/webhook-endpoints", "{\"url\": \"%s\"}".formatted(hook.address()))
        .ok()
        .findValue("webhook_endpoint_id")
        .asString();
  }

  /** Nobody comes back, and what the dead held is over. */
  private static void allEnd(Site site) {
    site.database().change("update upload_sessions set due_at = now() where " + Lives.UNDER_WAY);
    site.database()
        .change("update outbox_deliveries set next_attempt_at = now() where status = 'PENDING'");
    await()
        .atMost(Patience.LIMIT)
        .until(() ->
            Lives.leave(site.database(), "true") == 0
                && site.database()
                        .count(
                            "select count(*) from upload_sessions"
                                + " where status not in ('COMPLETED', 'ABORTED', 'FAILED')")
                    == 0);
  }

  private static void allAgree(Site site, Lives lives) {
    Agreement agreement = new Agreement(site);
    agreement.ofSessions(lives.completed());
    agreement.ofRows(lives.acknowledged());
    agreement.ofSums();
    agreement.ofOrphans();
  }
}
