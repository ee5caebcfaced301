package io.waybill.simulator;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.waybill.core.app.UseCases;
import io.waybill.doors.Waits;
import io.waybill.gateway.Dispatch;
import io.waybill.gateway.GatewaySettings.Bounds;
import io.waybill.wire.Topics;
import java.util.concurrent.Executor;

/** The MQTT door of one process: the real road from a message to its answer. */
final class GatewayDoor {

  /** Nobody asks for the metrics of a life. */
  private static final MeterRegistry UNCOUNTED = new CompositeMeterRegistry();

  private final Dispatch dispatch;
  private final Broker.Session session;

  /**
   * Opens it.
   *
   * @param useCases of the process
   * @param turns runs what the process does; nothing of it survives the process
   * @param session a new one, or that of the process before, which is taken up
   */
  GatewayDoor(UseCases useCases, Executor turns, Waits waits, Broker.Session session) {
    this.session = session;
    this.dispatch =
        Dispatch.over(
            useCases,
            new Topics(Topics.DEFAULT_PREFIX),
            Bounds.DEFAULT,
            UNCOUNTED,
            new Dispatch.World(turns, waits, session));
    session.takeUp(dispatch::arrive);
  }

  /** One round of giving what dead gateways owe; it asks the database, so it is a turn's work. */
  void payOwedAnswers() {
    dispatch.payOwedAnswers();
  }

  /** The connection is lost and made again: what was not acknowledged comes again. */
  void reconnect() {
    session.takeUp(dispatch::arrive);
  }

  /** Requests at work and waiting. */
  int inside() {
    return dispatch.inside();
  }
}
