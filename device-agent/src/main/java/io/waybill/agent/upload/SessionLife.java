package io.waybill.agent.upload;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** From when to when a session lives. */
record SessionLife(Instant from, Instant until) {

  static @Nullable SessionLife of(@Nullable Instant from, @Nullable Instant until) {
    return from == null || until == null || !from.isBefore(until)
        ? null
        : new SessionLife(from, until);
  }

  boolean halfGone(Instant now) {
    return now.isAfter(from.plus(length().dividedBy(2)));
  }

  Duration length() {
    return Duration.between(from, until);
  }
}
