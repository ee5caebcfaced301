package io.waybill.acceptance.crash;

import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.work.Ports;
import io.waybill.server.config.Configuration;
import io.waybill.server.wiring.Backbone;
import java.time.Duration;
import java.time.Instant;

/** The production wiring of a server process, with places to die and with time in the hand. */
final class Parts implements AutoCloseable {
  private final Backbone backbone;

  Parts(Configuration configuration) {
    backbone = Backbone.open(configuration, CommitListener.NONE);
  }

  /** Every use case of a process whose clock is off by this much. */
  UseCases use(FaultPoints points, Duration clockOffset) {
    Ports<Stores> real = backbone.ports();
    return UseCases.over(
        new Ports<>(
            new PointedWork(real.work(), points),
            new PointedStore(real.store(), points),
            real.signer(),
            real.ids(),
            () -> Instant.now().plus(clockOffset),
            real.heartbeat()),
        UseCases.Settings.DEFAULT);
  }

  UseCases use(Duration clockOffset) {
    return use(FaultPoints.counting(), clockOffset);
  }

  @Override
  public void close() {
    backbone.close();
  }
}
