package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.Outage;
import io.waybill.core.Verdict;
import io.waybill.doors.Waits;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long a request is held: a database that is away for a moment is waited for, storage is not.
 */
final class Patience {

  private static final Logger LOG = LoggerFactory.getLogger(Patience.class);
  private static final Duration DATABASE_PAUSE = Duration.ofMillis(100);

  /** An outage younger than this is news: who has waited long enough need not see for itself. */
  private static final Duration NEWS = Duration.ofSeconds(1);

  private final Duration databasePatience;
  private final Waits waits;
  private final AtomicReference<@Nullable Sighting> lastOutage = new AtomicReference<>();

  /** The database was seen to be away. */
  private record Sighting(Outage outage, long at) {}

  Patience(Duration databasePatience, Waits waits) {
    this.databasePatience = databasePatience;
    this.waits = waits;
  }

  /**
   * Runs work until it has a verdict.
   *
   * @param since when the request came, by {@link Waits#nanoTime()}: a device's second request has
   *     waited behind its first
   */
  Verdict<?> until(Supplier<Verdict<?>> work, long since) {
    while (true) {
      Sighting sighting = lastOutage.get();
      if (sighting != null
          && hasPassed(since, databasePatience)
          && !hasPassed(sighting.at(), NEWS)) {
        return Verdict.refused(Errors.of(sighting.outage()));
      }
      try {
        Verdict<?> verdict = work.get();
        lastOutage.set(null);
        return verdict;
      } catch (Outage outage) {
        if (outage.code() != ErrorCode.DATABASE_UNAVAILABLE) {
          return Verdict.refused(Errors.of(outage));
        }
        lastOutage.set(new Sighting(outage, waits.nanoTime()));
        if (hasPassed(since, databasePatience) || !waits.pause(DATABASE_PAUSE)) {
          return Verdict.refused(Errors.of(outage));
        }
      } catch (RuntimeException | LinkageError | StackOverflowError defect) {
        LOG.error("a request could not be served because of a defect", defect);
        return Verdict.refused(Errors.defect());
      }
    }
  }

  private boolean hasPassed(long began, Duration patience) {
    return waits.nanoTime() - began >= patience.toNanos();
  }
}
