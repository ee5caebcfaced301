package io.waybill.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.core.trace.Tracer;
import io.waybill.doors.Waits;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Topics;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * A gateway without its broker, its threads and its clock: messages come in, are acknowledged, and
 * answers go out. Dropped at any instant, it has lost nothing that it had acknowledged.
 */
public final class Dispatch {

  private final Lanes<String> lanes;
  private final Reception reception;
  private final Notices notices;
  private final OwedAnswers owedAnswers;

  /**
   * What a gateway stands on.
   *
   * @param turns runs what a request does, each beside the others
   * @param tracer is told of every request
   */
  public record World(Executor turns, Waits waits, Egress egress, Tracer tracer) {

    /** Where nobody is told. */
    public World(Executor turns, Waits waits, Egress egress) {
      this(turns, waits, egress, Tracer.NONE);
    }
  }

  Dispatch(Topics topics, Bounds bounds, Desk desk, GatewayMetrics metrics, World world) {
    this.lanes = new Lanes<>(bounds.waitingPerDevice(), world.turns());
    Road road = new Road(desk, bounds, world.waits());
    Answers answers = new Answers(bounds.answerLife());
    Reception.Out out =
        new Reception.Out(
            answers, world.egress(), new Ledger(metrics, world.tracer()), world.waits());
    this.reception = new Reception(topics, bounds, lanes, road, out);
    this.notices = new Notices(topics, bounds, lanes, desk, out);
    this.owedAnswers = new OwedAnswers(desk, road, lanes, out);
    metrics.watchInflight(lanes::inside);
  }

  /** A gateway on the core. */
  public static Dispatch over(
      UseCases useCases, Topics topics, Bounds bounds, MeterRegistry registry, World world) {
    return new Dispatch(
        topics, bounds, new CoreDesk(useCases), new GatewayMetrics(registry), world);
  }

  /** Takes a message in; returns at once. */
  public void arrive(Arrival arrival) {
    if (Notices.isNotice(arrival.topic())) {
      notices.arrive(arrival);
    } else {
      reception.arrive(arrival);
    }
  }

  /** One round of giving the answers that gateways owe which are dead. */
  public void payOwedAnswers() {
    owedAnswers.pay();
  }

  /** Requests at work and waiting. */
  public int inside() {
    return lanes.inside();
  }

  /**
   * Waits until nothing is inside and nothing has come for so long; false when that took too long.
   */
  boolean awaitEmpty(Duration patience, Duration quiet) throws InterruptedException {
    boolean isEmpty;
    do {
      isEmpty = lanes.awaitEmpty(patience);
    } while (isEmpty && lanes.hasWorkWithin(quiet));
    return isEmpty;
  }
}
