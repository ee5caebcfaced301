package io.waybill.core.memory;

import io.waybill.core.event.EventType;
import io.waybill.core.event.Facts;
import io.waybill.core.event.LifecycleEvent;
import io.waybill.core.port.PartStore;
import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.PartStatus;
import io.waybill.core.upload.StoredPart;
import io.waybill.core.upload.UploadPart;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;

record MemoryParts(MemoryState state) implements PartStore {

  @Override
  public int acknowledge(UUID sessionId, List<UploadPart> parts, Facts facts) {
    Map<Integer, UploadPart> rows = state.partsOf(sessionId);
    for (UploadPart part : parts) {
      UploadPart known = rows.get(part.partNumber());
      if (known == null || !known.etag().equals(part.etag())) {
        rows.put(part.partNumber(), part);
      }
    }
    state.facts = state.facts.and(facts);
    return rows.size();
  }

  @Override
  public void reconcile(UUID sessionId, List<StoredPart> parts, Instant asked) {
    Map<Integer, UploadPart> rows = state.partsOf(sessionId);
    rows.values().removeIf(row -> !isNewer(row, asked));
    parts.forEach(p ->
        rows.putIfAbsent(
            p.partNumber(),
            new UploadPart(
                p.partNumber(), p.etag(), p.sizeBytes(), PartStatus.STORED, p.uploadedAt())));
  }

  private static boolean isNewer(UploadPart row, Instant asked) {
    return row.status() == PartStatus.ACKNOWLEDGED && row.uploadedAt().isAfter(asked);
  }

  @Override
  public List<UploadPart> page(UUID sessionId, int afterPartNumber, int limit) {
    return state.partsOf(sessionId).values().stream()
        .filter(part -> part.partNumber() > afterPartNumber)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Integer> numbers(UUID sessionId) {
    return List.copyOf(state.partsOf(sessionId).keySet());
  }

  @Override
  public List<Issuance> issuances(UUID sessionId, int fromPartNumber, int toPartNumber) {
    Map<Integer, Issuance> latest = new TreeMap<>();
    for (LifecycleEvent event : state.facts.lifecycle()) {
      if (event.sessionId().equals(sessionId) && event.type() == EventType.PARTS_PRESIGNED) {
        for (int number : event.partNumbers()) {
          if (number >= fromPartNumber && number <= toPartNumber) {
            Instant until = Objects.requireNonNull(event.validUntil());
            latest.put(number, new Issuance(number, event.occurredAt(), until));
          }
        }
      }
    }
    return List.copyOf(latest.values());
  }
}
