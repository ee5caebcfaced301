package io.waybill.core.memory;

import io.waybill.core.audit.Seal;
import io.waybill.core.audit.SealStore;
import io.waybill.core.audit.SealedRow;
import io.waybill.core.audit.SealedRow.Place;
import io.waybill.core.event.AuditEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Rows are committed whole and one after the other: each is its own place in the order. */
record MemorySeals(MemoryTransaction tx) implements SealStore {

  private record Key(UUID tenantId, long number) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::tenantId).thenComparingLong(Key::number);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private static final Table<Key, Seal> SEALS = Table.of("audit_seals");
  private static final Table<UUID, UUID> SEALERS = Table.of("sealers");

  @Override
  public List<UUID> tenants() {
    return tx.audit().stream().map(AuditEvent::tenantId).distinct().sorted().toList();
  }

  @Override
  public boolean claim(UUID tenantId) {
    Rows<UUID, UUID> sealers = tx.of(SEALERS);
    if (!sealers.isFree(tenantId)) {
      return false;
    }
    sealers.put(tenantId, tenantId);
    return true;
  }

  @Override
  public Optional<Seal> last(UUID tenantId) {
    return seals(tenantId, 0, Integer.MAX_VALUE).stream().reduce((one, next) -> next);
  }

  @Override
  public List<SealedRow> rows(UUID tenantId, Place after, boolean settled, int limit) {
    List<AuditEvent> all = tx.audit();
    List<SealedRow> rows = new ArrayList<>();
    for (int i = 0; i < all.size() && rows.size() < limit; i++) {
      Place place = new Place(1, i, all.get(i).eventId());
      if (all.get(i).tenantId().equals(tenantId) && place.compareTo(after) > 0) {
        rows.add(new SealedRow(tenantId, place, List.of(all.get(i).toString())));
      }
    }
    return rows;
  }

  @Override
  public void add(Seal seal) {
    tx.of(SEALS).put(new Key(seal.tenantId(), seal.number()), seal);
  }

  @Override
  public Optional<Instant> droppedBefore() {
    return Optional.empty();
  }

  @Override
  public List<Seal> seals(UUID tenantId, long afterNumber, int limit) {
    return tx.of(SEALS).values().stream()
        .filter(seal -> seal.tenantId().equals(tenantId) && seal.number() > afterNumber)
        .limit(limit)
        .toList();
  }
}
