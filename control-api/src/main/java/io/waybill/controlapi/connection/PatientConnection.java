package io.waybill.controlapi.connection;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/** One connection of the server's, from its place among those of its address to its end. */
final class PatientConnection implements ServerConnection, InterruptableTask<Void> {

  /** What a connection has to do with others. */
  record Neighbours(Addresses addresses, Patrol patrol) {}

  private final ServerConnection real;
  private final PatientContext context;
  private final Neighbours neighbours;

  PatientConnection(ServerConnection real, PatientContext context, Neighbours neighbours) {
    this.real = real;
    this.context = context;
    this.neighbours = neighbours;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    String address = Addresses.of(context.remotePeer().address());
    Patience patience = context.patience();
    if (!neighbours.addresses().enter(address)) {
      throw new CloseConnectionException("this address has as many connections as it may have");
    }
    neighbours.patrol().watch(patience);
    try {
      real.handle(limit);
    } catch (RuntimeException e) {
      throw patience.hasEnded() ? new CloseConnectionException("it kept us waiting", e) : e;
    } finally {
      context.reader().drain();
      neighbours.patrol().leave(patience);
      neighbours.addresses().leave(address);
    }
  }

  @Override
  public boolean canInterrupt() {
    return real instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  /** The server takes a long answer for silence; who is silent is ended by our own patience. */
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    real.close(interrupt);
  }
}
