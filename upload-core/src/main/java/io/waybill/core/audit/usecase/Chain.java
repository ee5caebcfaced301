package io.waybill.core.audit.usecase;

import io.waybill.core.audit.AuditStores;
import io.waybill.core.audit.Seal;
import io.waybill.core.audit.SealedRow;
import io.waybill.core.audit.SealedRow.Place;
import io.waybill.core.audit.usecase.VerifyAudit.Fault;
import io.waybill.core.audit.usecase.VerifyAudit.Finding;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks seal after seal against the one before and against the rows that it covers. */
final class Chain {

  private static final int ROWS_AT_ONCE = 500;

  private final Ports<? extends AuditStores> ports;
  private final Consumer<Finding> found;
  private final @Nullable Instant droppedBefore;

  /**
   * A chain from its beginning.
   *
   * @param droppedBefore rows of before are kept no longer; null where all are
   */
  Chain(
      Ports<? extends AuditStores> ports,
      Consumer<Finding> found,
      @Nullable Instant droppedBefore) {
    this.droppedBefore = droppedBefore;
    this.ports = ports;
    this.found = found;
  }

  /**
   * Checks one seal.
   *
   * @param before null for the first
   */
  void check(@Nullable Seal before, Seal seal) {
    boolean begins = before == null && seal.rowIds().stream().allMatch(this::isDropped);
    long expected = begins ? seal.number() : before == null ? 1 : before.number() + 1;
    for (long number = expected; number < seal.number(); number++) {
      tell(Fault.SEAL_REMOVED, seal, number, null);
    }
    boolean isNext = seal.number() == expected;
    String previous = before == null ? Seal.NOTHING : before.hash();
    if (!seal.computed().equals(seal.hash())) {
      tell(Fault.SEAL_CHANGED, seal, seal.number(), null);
    } else if (isNext && !(begins && seal.number() > 1) && !seal.previous().equals(previous)) {
      tell(Fault.CHAIN_BROKEN, seal, seal.number(), null);
    }
    rows(before, isNext, seal);
  }

  /**
   * Where a seal is missing, nobody knows which rows were its own: none of them is an insertion.
   */
  private void rows(@Nullable Seal before, boolean isNext, Seal seal) {
    Map<UUID, String> sealed = new LinkedHashMap<>();
    for (int i = 0; i < Math.min(seal.rowIds().size(), seal.digests().size()); i++) {
      sealed.put(seal.rowIds().get(i), seal.digests().get(i));
    }
    Place from = isNext && before != null ? before.last() : Place.BEGINNING;
    for (List<SealedRow> page = page(seal, from); !page.isEmpty(); page = page(seal, from)) {
      for (SealedRow row : page) {
        from = row.place();
        compare(seal, row, sealed.remove(from.id()), isNext);
      }
    }
    sealed.keySet().stream()
        .filter(id -> !isDropped(id))
        .forEach(id -> tell(Fault.ROW_REMOVED, seal, seal.number(), id));
  }

  private List<SealedRow> page(Seal seal, Place from) {
    return ports
        .work()
        .read(tx -> tx.seals().rows(seal.tenantId(), from, false, ROWS_AT_ONCE))
        .stream()
        .takeWhile(row -> row.place().compareTo(seal.last()) <= 0)
        .toList();
  }

  private void compare(Seal seal, SealedRow row, @Nullable String digest, boolean isNext) {
    if (digest == null) {
      if (isNext) {
        tell(Fault.ROW_INSERTED, seal, seal.number(), row.place().id());
      }
    } else if (!digest.equals(row.digest())) {
      tell(Fault.ROW_CHANGED, seal, seal.number(), row.place().id());
    }
  }

  /** Whether it was in a month that is kept no longer, by the time in its id. */
  private boolean isDropped(UUID row) {
    return droppedBefore != null
        && (row.getMostSignificantBits() >>> 16) < droppedBefore.toEpochMilli();
  }

  private void tell(Fault fault, Seal seal, long number, @Nullable UUID row) {
    found.accept(new Finding(fault, seal.tenantId(), number, row));
  }
}
