package io.waybill.acceptance.crash;

import io.waybill.core.access.usecase.Authenticate;
import io.waybill.core.app.CommitListener;
import io.waybill.core.app.Stores;
import io.waybill.core.app.UseCases;
import io.waybill.core.upload.Limits;
import io.waybill.core.work.Ports;
import io.waybill.server.config.Configuration;
import io.waybill.server.wiring.Backbone;
import java.time.Duration;
import java.time.Instant;

/** The production wiring of a server process, with places to die and with time in the hand. */
final class Parts implements AutoCloseable {
  /** Thousands of uploads are staged in a minute, for one tenant. */
  private static final UseCases.Settings OFTEN =
      new UseCases.Settings(
          Limits.standard().with(new Limits.Rates(1_000_000, 1_000_000)),
          Authenticate.LONGEST_CACHE,
          "default");

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
        OFTEN);
  }

  UseCases use(Duration clockOffset) {
    return use(FaultPoints.counting(), clockOffset);
  }

  @Override
  public void close() {
    backbone.close();
  }
}
