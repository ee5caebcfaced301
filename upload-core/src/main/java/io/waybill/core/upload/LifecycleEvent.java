package io.waybill.core.upload;

import io.waybill.core.event.TimelineEvent;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of a session's append-only timeline.
 *
 * @param type such as {@code upload.initiated}; see {@link UploadEvent}
 * @param partNumbers the parts it speaks of; empty when it speaks of the whole
 * @param validUntil of issued URLs; null for every other type
 * @param details strings, numbers, booleans, lists and maps of them; never a URL or a secret
 */
public record LifecycleEvent(
    UUID eventId,
    UploadEvent type,
    Owner owner,
    UUID sessionId,
    String actor,
    String requestId,
    Instant occurredAt,
    List<Integer> partNumbers,
    @Nullable Instant validUntil,
    Map<String, Object> details)
    implements TimelineEvent {

  public LifecycleEvent {
    partNumbers = List.copyOf(partNumbers);
    details = Map.copyOf(details);
  }

  @Override
  public LifecycleEvent with(String detail, Object value) {
    Map<String, Object> more = new HashMap<>(details);
    more.put(detail, value);
    return new LifecycleEvent(
        eventId,
        type,
        owner,
        sessionId,
        actor,
        requestId,
        occurredAt,
        partNumbers,
        validUntil,
        more);
  }
}
