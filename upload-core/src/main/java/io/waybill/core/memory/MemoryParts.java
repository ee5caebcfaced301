package io.waybill.core.memory;

import static java.util.stream.Collectors.toMap;

import io.waybill.core.event.Facts;
import io.waybill.core.upload.Issuance;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.PartStore;
import io.waybill.core.upload.UploadEvent;
import io.waybill.core.upload.UploadPart;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

record MemoryParts(MemoryTransaction tx) implements PartStore {

  private record Key(UUID sessionId, int partNumber) {}

  private static final Table<Key, UploadPart> PARTS =
      new Table<>("parts", Comparator.comparing(Key::sessionId).thenComparingInt(Key::partNumber));

  private static final Table<Key, String> SUMS =
      new Table<>(
          "part_sums", Comparator.comparing(Key::sessionId).thenComparingInt(Key::partNumber));

  /** The parts of one session, as this transaction sees them. */
  static Collection<UploadPart> of(MemoryTransaction tx, UUID sessionId) {
    return tx.of(PARTS).values(new Key(sessionId, 0), new Key(sessionId, Integer.MAX_VALUE));
  }

  private void put(UUID sessionId, UploadPart part) {
    tx.of(PARTS).put(new Key(sessionId, part.partNumber()), part);
  }

  @Override
  public int acknowledge(UUID sessionId, List<UploadPart> parts, Facts facts) {
    List<Map<String, Object>> replaced = new ArrayList<>();
    for (UploadPart part : parts) {
      UploadPart known = tx.of(PARTS).lock(new Key(sessionId, part.partNumber())).orElse(null);
      if (known == null) {
        put(sessionId, part);
      } else if (!known.etag().equals(part.etag())) {
        put(sessionId, part);
        replaced.add(
            Map.of(
                "part_number", (long) part.partNumber(),
                "etag", part.etag(),
                "previous_etag", known.etag()));
      } else if (part.checksumSha256() != null) {
        put(sessionId, known.withChecksum(part.checksumSha256()));
      }
    }
    tx.tell(replaced.isEmpty() ? facts : facts.with("replaced", replaced));
    return uploadedNumbers(sessionId).size();
  }

  @Override
  public void reconcile(UUID sessionId, List<UploadPart> listed, Instant asked) {
    Map<Integer, UploadPart> before =
        of(tx, sessionId).stream().collect(toMap(UploadPart::partNumber, Function.identity()));
    for (UploadPart row : before.values()) {
      if (!isNewer(row, asked)) {
        tx.of(PARTS).remove(new Key(sessionId, row.partNumber()));
      }
    }
    for (UploadPart part : listed) {
      UploadPart known = before.get(part.partNumber());
      if (known == null || !isNewer(known, asked)) {
        put(sessionId, kept(known, part));
      }
    }
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
    return of(tx, sessionId).stream()
        .filter(part -> part.partNumber() > afterPartNumber)
        .limit(limit)
        .toList();
  }

  @Override
  public List<Integer> uploadedNumbers(UUID sessionId) {
    return of(tx, sessionId).stream()
        .filter(UploadPart::isUploaded)
        .map(UploadPart::partNumber)
        .toList();
  }

  @Override
  public List<Issuance> issuances(UUID sessionId, int fromPartNumber, int toPartNumber) {
    Map<Integer, Issuance> latest = new TreeMap<>();
    for (LifecycleEvent event : tx.moves()) {
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

  @Override
  public void bindSums(UUID sessionId, Map<Integer, String> sums) {
    sums.forEach((part, sum) -> tx.of(SUMS).put(new Key(sessionId, part), sum));
  }

  @Override
  public Map<Integer, String> boundSums(UUID sessionId) {
    Map<Integer, String> sums = new TreeMap<>();
    tx.of(SUMS).keys().stream()
        .filter(key -> key.sessionId().equals(sessionId))
        .forEach(key -> sums.put(key.partNumber(), tx.of(SUMS).get(key)));
    return sums;
  }
}
