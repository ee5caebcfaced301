package io.waybill.agent.queue;

import java.time.Instant;

/**
 * How urgent an upload is: by its priority, which grows while it gets no turn, then by its age.
 *
 * @param level its priority, and what waiting has added
 */
record Urgency(long level, Instant createdAt, String uploadId) {

  static Urgency of(Ticket ticket, long waitedNanos, long ageingNanos) {
    long aged = Math.max(0, waitedNanos) / ageingNanos;
    return new Urgency(ticket.priority() + aged, ticket.createdAt(), ticket.uploadId());
  }

  boolean before(Urgency other) {
    if (level != other.level) {
      return level > other.level;
    }
    int age = createdAt.compareTo(other.createdAt);
    return age == 0 ? uploadId.compareTo(other.uploadId) < 0 : age < 0;
  }
}
