package io.waybill.acceptance.kill;

import static org.awaitility.Awaitility.await;

import io.waybill.acceptance.site.MoodyStore;
import io.waybill.acceptance.site.MoodyStore.Mood;
import io.waybill.acceptance.site.Ports;
import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Site;
import io.waybill.server.config.WorkerSetting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/**
 * Two processes of each kind: workers, which tell webhooks; gateways, which tell devices; APIs,
 * which tell consoles. They are killed while the other one of their kind works.
 */
final class Deaths {
  private static final int REPLICAS = 2;
  private static final int LIVES_PER_STEP = 6;

  private final Site site;
  private final MoodyStore store;
  private final Random random;
  private final List<URI> apis = new ArrayList<>();
  private final List<IntFunction<Program>> starts = new ArrayList<>();
  private final List<Program> running = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  Deaths(Site site, MoodyStore store, Random random, Map<String, String> more) {
    this.site = site;
    this.store = store;
    this.random = random;
    for (int replica = 0; replica < REPLICAS; replica++) {
      String gateway = "waybill-gateway-" + replica + "-";
      int port = Ports.free();
      apis.add(URI.create("http://127.0.0.1:" + port));
      starts.add(life -> site.worker(more));
      starts.add(life -> site.gateway(gateway + life, more));
      starts.add(life -> site.controlApi(port, withoutWorkers(more)));
    }
    starts.forEach(start -> running.add(start.apply(0)));
  }

  /** What an API process must be told that leaves the work to others. */
  static Map<String, String> withoutWorkers(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put(WorkerSetting.ENABLED.variable(), "false");
    return environment;
  }

  /** Where consoles listen. */
  List<URI> apis() {
    return List.copyOf(apis);
  }

  /** What has died how often. */
  Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  /**
   * In each step one of two kinds of process dies, both at the same moment, somewhere in the lives
   * of a few uploads.
   */
  void strike(int steps, Lives lives) throws Exception {
    List<Future<?>> begun = new ArrayList<>();
    for (int step = 1; step <= steps; step++) {
      store.be(step % 4 == 2 ? Mood.BUSY : Mood.WELL);
      if (step % 5 == 3) {
        killDatabase(site);
        counts.merge("database", 1, Integer::sum);
      }
      int first = lives.ended() + random.nextInt(LIVES_PER_STEP);
      Future<?> batch = lives.begin(LIVES_PER_STEP);
      begun.add(batch);
      await().atMost(Patience.LIMIT).until(() -> lives.ended() >= first || batch.isDone());
      kill(step);
    }
    for (Future<?> batch : begun) {
      batch.get();
    }
  }

  private void kill(int step) {
    int kinds = starts.size() / REPLICAS;
    List<Integer> dying = new ArrayList<>();
    for (int kind = 0; kind < kinds; kind++) {
      if (kind != step % kinds) {
        dying.add(kind + kinds * random.nextInt(REPLICAS));
      }
    }
    dying.forEach(place -> {
      running.get(place).kill();
      counts.merge(List.of("worker", "gateway", "api").get(place % kinds), 1, Integer::sum);
    });
    store.be(Mood.WELL);
    CompletableFuture<?>[] started =
        dying.stream()
            .map(place ->
                CompletableFuture.runAsync(
                    () -> running.set(place, starts.get(place).apply(step)),
                    task -> Thread.ofVirtual().start(task)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(started).join();
  }

  /** {@code kill -9} of its first process: it comes again and reads its log. */
  static void killDatabase(Site site) throws IOException {
    Path pid = site.logs().resolve("data/postgres/data/postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(pid).getFirst().strip());
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();
  }
}
