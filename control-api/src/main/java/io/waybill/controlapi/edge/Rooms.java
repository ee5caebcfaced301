package io.waybill.controlapi.edge;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.access.Identity;
import io.waybill.doors.Waits;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The bulkheads: what waits for storage has a room of its own, so that what needs none never waits
 * behind it. A place is held while we work, never while we wait for a client to send or to read.
 */
public final class Rooms {

  private static final int RETRY_AFTER_SECONDS = 2;

  private final Room database;
  private final Room storage;
  private final Counter turnedAway;

  /**
   * How many requests may be at work at once.
   *
   * @param requests that need the database only
   * @param storageRequests that wait for storage
   * @param patience how long a request waits for its place
   */
  public record Sizes(int requests, int storageRequests, Duration patience) {
    public static final Sizes DEFAULT = new Sizes(256, 128, Duration.ofSeconds(2));
  }

  public Rooms(Sizes sizes, MeterRegistry registry, Waits waits) {
    this.database = new Room(sizes.requests(), sizes.patience(), waits);
    this.storage = new Room(sizes.storageRequests(), sizes.patience(), waits);
    this.turnedAway = registry.counter("storage_backpressure_rejects");
  }

  /** Does what needs the database only. */
  <T> Verdict<T> database(@Nullable Identity caller, Supplier<Verdict<T>> work) {
    return in(database, caller, work, ErrorCode.DATABASE_UNAVAILABLE);
  }

  /** Does what also waits for storage. */
  <T> Verdict<T> storage(Identity caller, Supplier<Verdict<T>> work) {
    return in(storage, caller, work, ErrorCode.STORAGE_UNAVAILABLE);
  }

  private <T> Verdict<T> in(
      Room room, @Nullable Identity caller, Supplier<Verdict<T>> work, ErrorCode whenFull) {
    if (!room.enter(caller)) {
      turnedAway.increment(whenFull == ErrorCode.STORAGE_UNAVAILABLE ? 1 : 0);
      return Verdict.refused(full(whenFull));
    }
    try {
      return work.get();
    } finally {
      room.leave(caller);
    }
  }

  private static Refusal full(ErrorCode code) {
    String what = code == ErrorCode.STORAGE_UNAVAILABLE ? "storage" : "the database";
    return Refusal.of(code, "Too many requests wait for " + what + "; try again soon.")
        .retryAfter(RETRY_AFTER_SECONDS);
  }
}
