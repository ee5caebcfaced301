package io.waybill.workers;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.waybill.core.Outage;
import io.waybill.core.upload.SessionStatus;
import io.waybill.core.upload.usecase.CountSessions;
import io.waybill.core.work.Pass;
import java.util.Map;

/**
 * {@code upload_sessions_by_status}: how many sessions are under way, as they were counted last. A
 * scrape asks nothing of the database; one statement per period does, which reads no session that
 * has ended and never more than it is bounded by. Every process with workers counts the same, so
 * the value is the maximum over processes, not their sum; it is NaN while nobody knows.
 */
final class SessionCounts implements Round {

  private final CountSessions count;
  private volatile Map<SessionStatus, Integer> counted = Map.of();

  SessionCounts(CountSessions count, MeterRegistry registry) {
    this.count = count;
    for (SessionStatus status : CountSessions.COUNTED) {
      Gauge.builder("upload_sessions_by_status", this, counts -> counts.of(status))
          .tag("status", status.name())
          .strongReference(true)
          .register(registry);
    }
  }

  private double of(SessionStatus status) {
    Integer last = counted.get(status);
    return last == null ? Double.NaN : last;
  }

  @Override
  public Pass run() {
    try {
      counted = count.handle();
    } catch (Outage outage) {
      counted = Map.of();
      throw outage;
    }
    return Pass.whole(counted.values().stream().mapToInt(Integer::intValue).sum());
  }
}
