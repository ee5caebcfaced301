package io.waybill.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.core.delivery.Sink;
import io.waybill.core.device.CommandChannel;
import io.waybill.core.trace.Tracer;
import io.waybill.doors.Probes;
import io.waybill.doors.Readiness;
import io.waybill.doors.ThreadWaits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
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

  /**
   * How long the broker has to take a batch of events or commands; well within the batch's lease.
   */
  private static final Duration EVENTS_PATIENCE = Duration.ofSeconds(20);

  /** How long the parts of the world have to answer {@code /readyz}. */
  private static final Duration CHECK_LIMIT = Duration.ofSeconds(1);

  private final GatewaySettings settings;
  private final BrokerLink link;
  private final Dispatch dispatch;
  private final Probes probes;
  private final Threads threads;

  private Gateway(
      GatewaySettings settings,
      BrokerLink link,
      Dispatch dispatch,
      Probes probes,
      Threads threads) {
    this.settings = settings;
    this.link = link;
    this.dispatch = dispatch;
    this.probes = probes;
    this.threads = threads;
  }

  /** A virtual thread for each request, and one that looks for answers that are owed. */
  private record Threads(ExecutorService requests, ScheduledExecutorService clockwork) {

    static Threads virtual() {
      return new Threads(
          Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("mqtt-request-", 0).factory()),
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofVirtual().name("owed-answers").factory()));
    }
  }

  /**
   * How others look into the gateway.
   *
   * @param registry where it counts
   * @param page everything counted, by the content type that is asked for
   * @param checks the parts of the world that {@code /readyz} asks; the broker is added
   * @param tracer is told of every request
   */
  public record Windows(
      MeterRegistry registry,
      UnaryOperator<String> page,
      List<Readiness.Check> checks,
      Tracer tracer) {
    public Windows {
      checks = List.copyOf(checks);
    }

    /** Where nobody is told. */
    public Windows(
        MeterRegistry registry, UnaryOperator<String> page, List<Readiness.Check> checks) {
      this(registry, page, checks, Tracer.NONE);
    }
  }

  /** Starts a gateway on the core. Returns before the broker is reached: see {@link #ready()}. */
  public static Gateway start(GatewaySettings settings, UseCases useCases, Windows windows) {
    return start(settings, new CoreDesk(useCases), windows);
  }

  static Gateway start(GatewaySettings settings, Desk desk, Windows windows) {
    BrokerLink link = new BrokerLink(settings);
    Threads threads = Threads.virtual();
    Dispatch dispatch =
        new Dispatch(
            settings.topics(),
            settings.bounds(),
            desk,
            new GatewayMetrics(windows.registry()),
            new Dispatch.World(
                threads.requests(), new ThreadWaits(), link.outbound(), windows.tracer()));
    Probes probes =
        Probes.start(
            settings.probeHost(), settings.probePort(), readiness(windows, link), windows.page());
    Gateway gateway = new Gateway(settings, link, dispatch, probes, threads);
    gateway.payOwedAnswers();
    link.open(dispatch::arrive);
    return gateway;
  }

  private static Readiness readiness(Windows windows, BrokerLink link) {
    List<Readiness.Check> checks = new ArrayList<>(windows.checks());
    checks.add(new Readiness.Check("broker", link::mustBeConnected));
    return new Readiness(checks, CHECK_LIMIT);
  }

  private void payOwedAnswers() {
    long period = settings.bounds().owedEvery().toMillis();
    var _ =
        threads
            .clockwork()
            .scheduleWithFixedDelay(
                dispatch::payOwedAnswers, period, period, TimeUnit.MILLISECONDS);
  }

  /** Where devices are told what has happened. */
  public Sink eventSink() {
    return new EventSink(settings.topics(), link.outbound(), EVENTS_PATIENCE);
  }

  /** The way to devices for what they are asked to do. */
  public CommandChannel commandChannel() {
    return new CommandSender(settings.topics(), link.outbound(), EVENTS_PATIENCE);
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
    threads.clockwork().shutdownNow();
    try {
      link.stopIntake(patience);
      if (!dispatch.awaitEmpty(patience, QUIET)) {
        LOG.warn("{} requests did not end in time; their devices repeat them", dispatch.inside());
      }
      link.close(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      threads.requests().shutdownNow();
      probes.close();
    }
  }
}
