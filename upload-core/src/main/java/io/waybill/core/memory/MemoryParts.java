package io.waybill.core.memory;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

record MemoryParts(MemoryState state) implements PartStore {

  static final Table<UUID, Map<Integer, UploadPart>> PARTS =
      new Table<>("parts", Comparator.naturalOrder(), TreeMap::new);

  static Map<Integer, UploadPart> of(MemoryState state, UUID sessionId) {
    return state.of(PARTS).computeIfAbsent(sessionId, id -> new TreeMap<>());
  }

  @Override
  public int acknowledge(UUID sessionId, List<UploadPart> parts, Facts facts) {
    Map<Integer, UploadPart> rows = of(state, sessionId);
    List<Map<String, Object>> replaced = new ArrayList<>();
    for (UploadPart part : parts) {
      UploadPart known = rows.get(part.partNumber());
      if (known == null) {
        rows.put(part.partNumber(), part);
      } else if (!known.etag().equals(part.etag())) {
        rows.put(part.partNumber(), part);
        replaced.add(
            Map.of(
                "part_number", (long) part.partNumber(),
                "etag", part.etag(),
                "previous_etag", known.etag()));
      } else if (part.checksumSha256() != null) {
        rows.put(part.partNumber(), known.withChecksum(part.checksumSha256()));
      }
    }
    state.facts = state.facts.and(replaced.isEmpty() ? facts : facts.with("replaced", replaced));
    return uploadedNumbers(sessionId).size();
  }

  @Override
  public void reconcile(UUID sessionId, List<UploadPart> listed, Instant asked) {
    Map<Integer, UploadPart> rows = of(state, sessionId);
    Map<Integer, UploadPart> before = Map.copyOf(rows);
    rows.values().removeIf(row -> !isNewer(row, asked));
    listed.forEach(
        part -> rows.putIfAbsent(part.partNumber(), kept(before.get(part.partNumber()), part)));
  }

  private static UploadPart kept(@Nullable UploadPart known, UploadPart part) {
    return known != null && known.etag().equals(part.etag())
        ? part.withChecksum(known.checksumSha256())
        : part;
  }

  private static boolean isNewer(UploadPart row, Instant asked) {
    return !row.confirmed() && row.uploadedAt().isAfter(asked);
  }

  @Override
  public List<UploadPart> page(UUID sessionId, int afterPartNumber, int limit) {
    return of(state, sessionId).values().stream()
        .filter(part -> part.partNumber() > afterPartNumber)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Integer> uploadedNumbers(UUID sessionId) {
    return of(state, sessionId).values().stream()
        .filter(UploadPart::isUploaded)
        .map(UploadPart::partNumber)
        .toList();
  }

  @Override
  public List<Issuance> issuances(UUID sessionId, int fromPartNumber, int toPartNumber) {
    Map<Integer, Issuance> latest = new TreeMap<>();
    for (LifecycleEvent event : state.facts.timeline(LifecycleEvent.class)) {
      if (event.sessionId().equals(sessionId) && event.type() == UploadEvent.PRESIGN_ISSUED) {
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
