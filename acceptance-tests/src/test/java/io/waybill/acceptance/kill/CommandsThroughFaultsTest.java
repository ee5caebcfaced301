package io.waybill.acceptance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Api;
import io.waybill.acceptance.site.BrokerFiles;
import io.waybill.acceptance.site.Device;
import io.waybill.acceptance.site.Footprint;
import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.Mosquitto;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Registered;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.Site;
import io.waybill.allinone.stack.DevelopmentIdentities;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WorkerSetting;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fifty devices and two gateways on a broker that writes down what it holds, while gateways die or
 * are told to stop, broker and database die, the store answers 503, and wires between any two of
 * them are cut or held. Every answer is compared with a plain model; every fact is there once.
 *
 * <p>No request carries a device's time, so that there is no clock of a device to jump.
 */
@Timeout(7200)
class CommandsThroughFaultsTest {
  private static final int DEVICES = 50;
  private static final int COMMANDS = Scale.times(2000);
  private static final int FAULTS = Scale.times(8);
  private static final int WARM = 4;
  private static final int ROOM_KIB = 8192;
  private static final int ROOM_THREADS = 8;
  private static final Duration REPEAT = Duration.ofSeconds(2);

  @TempDir Path folder;
  private final long seed = Long.getLong("waybill.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final AtomicInteger answers = new AtomicInteger();

  @Test
  void every_command_is_answered_and_has_one_effect_whatever_fails() throws Exception {
    System.out.println("CommandsThroughFaultsTest: -Dwaybill.test.seed=" + seed);
    int port = Ports.free();
    try (Site site = Site.openOn(port, folder.resolve("site"));
        MoodyStore store = MoodyStore.before(site)) {
      site.controlApi(
          Map.of(
              StorageSetting.ENDPOINT.variable(),
              store.address().toString(),
              WorkerSetting.PERIOD_SECONDS.variable(),
              "1"));
      List<Registered> registered = registered(site);
      try (Mosquitto broker = broker(site, port);
          Faults faults = new Faults(site, broker, store, random);
          Api urls = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
        List<Walk> walks = walks(site, faults, urls, registered);
        try {
          go(walks, WARM).forEach(CommandsThroughFaultsTest::await);
          List<Footprint> before = footprints(faults);
          strikeWhile(faults, walks, go(walks, COMMANDS / DEVICES));
          allIsAsTheModelsSay(site, walks);
          faults.gateways().forEach(CommandsThroughFaultsTest::holdsNoConnection);
          List<Footprint> after = footprints(faults);
          isBack(before, after);
          System.out.printf(
              "CommandsThroughFaultsTest: answers %d, uploads %d, faults %s%n  before %s%n  after  %s%n",
              answers.get(),
              walks.stream().mapToInt(walk -> walk.uploads().size()).sum(),
              faults.counts(),
              before,
              after);
        } finally {
          walks.forEach(walk -> walk.device().close());
        }
      }
    }
  }

  private static List<Registered> registered(Site site) {
    try (Api admin = new Api(site.api(), DevelopmentIdentities.API_KEY)) {
      List<Registered> devices = new ArrayList<>();
      for (int number = 0; number < DEVICES; number++) {
        devices.add(Registered.by(admin));
        devices.getLast().move(admin, "grant");
      }
      return devices;
    }
  }

  /** Debian's Mosquitto with the files that are exported for it; it keeps sessions and queues. */
  private Mosquitto broker(Site site, int port) {
    Path files = folder.resolve("exported");
    try (Program export = BrokerFiles.export(site, files)) {
      assertThat(export.exitCode()).as(export.output()).isZero();
    }
    return Mosquitto.keepingSessions(files, port, folder.resolve("mosquitto.log"));
  }

  private List<Walk> walks(Site site, Faults faults, Api urls, List<Registered> devices) {
    var broker = site.configuration().with(Map.of(MqttSetting.PORT, "" + faults.brokerPort()));
    return devices.stream()
        .map(device ->
            new Walk(
                Device.connect(broker, device.id(), device.secret(), REPEAT),
                urls,
                random.nextLong(),
                answers))
        .toList();
  }

  private List<Future<?>> go(List<Walk> walks, int commands) {
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    List<Future<?>> going = new ArrayList<>();
    for (Walk walk : walks) {
      going.add(threads.submit(() -> walk.go(commands)));
    }
    threads.shutdown();
    return going;
  }

  private static void await(Future<?> going) {
    try {
      going.get();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** One fault after the other, spread over what is answered. */
  private void strikeWhile(Faults faults, List<Walk> walks, List<Future<?>> going)
      throws IOException {
    int begun = answers.get();
    BooleanSupplier isOver = () -> going.stream().allMatch(Future::isDone);
    for (int fault = 1; fault <= FAULTS; fault++) {
      int due = begun + fault * COMMANDS / (FAULTS + 1);
      Patience.until(() -> answers.get() >= due || isOver.getAsBoolean());
      faults.strike(() -> walks.stream().mapToInt(walk -> walk.device().said()).sum(), isOver);
    }
    going.forEach(CommandsThroughFaultsTest::await);
  }

  private static void allIsAsTheModelsSay(Site site, List<Walk> walks) {
    Map<String, UploadModel> uploads =
        walks.stream()
            .flatMap(walk -> walk.uploads().entrySet().stream())
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    assertThat(walks).allSatisfy(walk -> assertThat(walk.device().unasked()).isEmpty());
    assertThat(site.database().texts("select id::text from upload_sessions"))
        .as("an upload for each create, and no other")
        .containsExactlyInAnyOrderElementsOf(uploads.keySet());
    List<String> facts =
        uploads.entrySet().stream()
            .map(upload -> upload.getKey() + " " + String.join(" ", upload.getValue().facts()))
            .toList();
    assertThat(facts(site, "outbox_events", "aggregate_id", "sequence"))
        .as("what was told of each upload, in its order")
        .containsExactlyInAnyOrderElementsOf(facts);
    assertThat(facts(site, "upload_events", "session_id", "id"))
        .as("what its timeline says")
        .containsExactlyInAnyOrderElementsOf(facts);
    Agreement agreement = new Agreement(site);
    agreement.ofSessions(which(uploads, upload -> upload.state().equals("COMPLETED")));
    agreement.ofRows(which(uploads, UploadModel::isKnown));
    agreement.ofSums();
    agreement.ofOrphans();
  }

  private static List<String> facts(Site site, String table, String upload, String order) {
    return site.database()
        .texts(
            """
            select %2$s || ' ' || string_agg(type, ' ' order by %3$s) from %1$s
            where type in ('upload.initiated', 'upload.started', 'upload.extended', 'upload.paused',
              'upload.resumed', 'upload.aborted', 'upload.completed', 'upload.failed', 'upload.expired')
            group by %2$s\
            """
                .formatted(table, upload, order));
  }

  private static List<String> which(
      Map<String, UploadModel> uploads, Predicate<UploadModel> wanted) {
    return uploads.entrySet().stream()
        .filter(upload -> wanted.test(upload.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static void holdsNoConnection(Program gateway) {
    Patience.until(() -> gateway.metrics().contains("\ndatabase_pool_connections_active 0"));
  }

  /** Each gateway, in whichever of its lives, keeps what it kept before the first fault. */
  private static void isBack(List<Footprint> before, List<Footprint> after) {
    for (int gateway = 0; gateway < before.size(); gateway++) {
      assertThat(after.get(gateway).heapKib()).isLessThan(before.get(gateway).heapKib() + ROOM_KIB);
      assertThat(after.get(gateway).threads())
          .isLessThan(before.get(gateway).threads() + ROOM_THREADS);
    }
  }

  private static List<Footprint> footprints(Faults faults) throws Exception {
    List<Footprint> footprints = new ArrayList<>();
    for (Program gateway : faults.gateways()) {
      footprints.add(Footprint.of(gateway));
    }
    return footprints;
  }
}
