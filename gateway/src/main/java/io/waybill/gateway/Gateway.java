package io.waybill.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.doors.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One gateway: takes the devices' requests from the broker, has the core carry them out, and sees
 * every answer out. It may be halted at any instant: what it had acknowledged is committed, and
 * what it had not comes again.
 */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);

  /** No request seen for so long after unsubscribing: the broker has nothing more under way. */
  private static final Duration QUIET = Duration.ofMillis(100);

  /** How long the parts of the world have to answer {@code /readyz}. */
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(1);

  private final GatewaySettings settings;
  private final BrokerLink link;
  private final Lanes<String> lanes;
  private final Probes probes;
  private final ScheduledExecutorService clockwork;

  private Gateway(
      GatewaySettings settings,
      BrokerLink link,
      Lanes<String> lanes,
      Probes probes,
      ScheduledExecutorService clockwork) {
    this.settings = settings;
    this.link = link;
    this.lanes = lanes;
    this.probes = probes;
    this.clockwork = clockwork;
  }

  /**
   * How others look into the gateway.
   *
   * @param registry where it counts
   * @param page everything counted, in Prometheus' text format
   * @param checks the parts of the world that {@code /readyz} asks; the broker is added
   */
  public record Windows(
      MeterRegistry registry, Supplier<String> page, List<Readiness.Check> checks) {
    public Windows {
      checks = List.copyOf(checks);
    }
  }

  /** Starts a gateway on the core. Returns before the broker is reached: see {@link #ready()}. */
  public static Gateway start(GatewaySettings settings, UseCases useCases, Windows windows) {
    return start(settings, new CoreDesk(useCases), windows);
  }

  static Gateway start(GatewaySettings settings, Desk desk, Windows windows) {
    BrokerLink link = new BrokerLink(settings);
    Lanes<String> lanes = new Lanes<>(settings.bounds().waitingPerDevice());
    GatewayMetrics metrics = new GatewayMetrics(windows.registry());
    metrics.watchInflight(lanes::inside);
    Road road = new Road(desk, settings.bounds());
    Answers answers = new Answers(settings.bounds().answerLife());
    Reception reception =
        new Reception(settings, lanes, road, new Reception.Out(answers, link, new Ledger(metrics)));
    Probes probes =
        Probes.start(
            settings.probeHost(), settings.probePort(), readiness(windows, link), windows.page());
    Gateway gateway = new Gateway(settings, link, lanes, probes, clockwork());
    gateway.repay(new OwedAnswers(desk, road, answers, link, lanes));
    link.open(reception::arrive);
    return gateway;
  }

  private static Readiness readiness(Windows windows, BrokerLink link) {
    List<Readiness.Check> checks = new ArrayList<>(windows.checks());
    checks.add(new Readiness.Check("broker", link::mustBeConnected));
    return new Readiness(checks, CHECK_LIMIT);
  }

  private static ScheduledExecutorService clockwork() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofVirtual().name("owed-answers").factory());
  }

  private void repay(OwedAnswers owed) {
    long period = settings.bounds().owedEvery().toMillis();
    var _ = clockwork.scheduleWithFixedDelay(owed::pay, period, period, TimeUnit.MILLISECONDS);
  }

  /** Done when requests come in for the first time. */
  public CompletableFuture<?> ready() {
    return link.subscribed();
  }

  /** Done, with the reason, when the gateway can never work again and its process should end. */
  public CompletableFuture<String> ended() {
    return link.ended();
  }

  public int probePort() {
    return probes.port();
  }

  /**
   * Drains: takes nothing new, finishes what it has, acknowledges, and leaves no queue behind at
   * the broker. What does not end in time is repeated by its device.
   */
  @Override
  public void close() {
    Duration patience = settings.bounds().drainPatience();
    clockwork.shutdownNow();
    try {
      link.stopIntake(patience);
      boolean isEmpty;
      do {
        isEmpty = lanes.awaitEmpty(patience);
      } while (isEmpty && lanes.hasWorkWithin(QUIET));
      if (!isEmpty) {
        LOG.warn("{} requests did not end in time; their devices repeat them", lanes.inside());
      }
      link.close(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lanes.close();
      probes.close();
    }
  }
}
