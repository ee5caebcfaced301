package io.waybill.core.upload;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of a session's timeline, as both transports show it. */
public record EventAnswer(
    UUID eventId,
    String type,
    UUID sessionId,
    String actor,
    String requestId,
    Instant occurredAt,
    List<Integer> partNumbers,
    @Nullable Instant validUntil,
    Map<String, Object> details) {

  public EventAnswer {
    partNumbers = List.copyOf(partNumbers);
    details = Map.copyOf(details);
  }
}
