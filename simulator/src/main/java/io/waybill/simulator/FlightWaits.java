package io.waybill.simulator;

import io.waybill.doors.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/** A request that waits stands still as any call does. */
record FlightWaits(Life life, Replica replica) implements Waits {

  @Override
  public long nanoTime() {
    return life.age().toNanos();
  }

  @Override
  public boolean pause(Duration length) {
    Instant until = life.now().plus(length);
    await("a pause", () -> !life.now().isBefore(until));
    return true;
  }

  @Override
  public boolean isDone(CompletableFuture<?> end) {
    await("an end", end::isDone);
    return true;
  }

  @Override
  public boolean isDoneWithin(CompletableFuture<?> end, Duration patience) {
    Instant until = life.now().plus(patience);
    await("an end", () -> end.isDone() || !life.now().isBefore(until));
    return end.isDone();
  }

  private void await(String what, BooleanSupplier over) {
    if (!over.getAsBoolean()) {
      replica.running().await(what, over, life.now());
    }
  }
}
