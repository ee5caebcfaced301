package io.waybill.core.audit.usecase;

import io.waybill.core.audit.AuditStores;
import io.waybill.core.audit.Seal;
import io.waybill.core.audit.SealedRow;
import io.waybill.core.audit.SealedRow.Place;
import io.waybill.core.work.Ports;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Checks a tenant's chain from its first seal to its last, holding one seal's rows at a time. */
public final class VerifyAudit {

  private static final int SEALS_AT_ONCE = 10;
  private static final int ROWS_AT_ONCE = 500;

  private final Ports<? extends AuditStores> ports;

  public VerifyAudit(Ports<? extends AuditStores> ports) {
    this.ports = ports;
  }

  /** What is not as it was sealed. */
  public enum Fault {
    ROW_CHANGED,
    ROW_REMOVED,
    ROW_INSERTED,
    SEAL_CHANGED,
    SEAL_REMOVED,
    CHAIN_BROKEN
  }

  /**
   * One thing that is not as it was sealed.
   *
   * @param seal its number
   * @param row null where it is about the seal itself
   */
  public record Finding(Fault fault, UUID tenantId, long seal, @Nullable UUID row) {}

  /**
   * How far the chain reaches.
   *
   * @param last null when there is no seal
   * @param unsealed how many rows no seal covers yet
   * @param oldestUnsealed the first of them; null when there is none
   * @param droppedBefore rows of before are kept no longer, and nobody misses them; null for none
   */
  public record Report(
      UUID tenantId,
      long seals,
      long rows,
      @Nullable Seal last,
      long unsealed,
      @Nullable UUID oldestUnsealed,
      @Nullable Instant droppedBefore) {}

  /** Every tenant that has audit rows. */
  public List<UUID> tenants() {
    return ports.work().read(tx -> tx.seals().tenants());
  }

  /**
   * Whether a seal that was noted earlier is still there: what the chain itself cannot tell when
   * its end was cut off.
   *
   * @param noted its number, a colon, its hash
   */
  public boolean has(UUID tenant, String noted) {
    return noted.matches("[1-9][0-9]{0,17}:[0-9a-f]{64}")
        && page(tenant, Long.parseLong(noted.substring(0, noted.indexOf(':'))) - 1).stream()
            .limit(1)
            .anyMatch(seal -> noted.equals(seal.number() + ":" + seal.hash()));
  }

  /** Tells each finding as soon as it is found. */
  public Report handle(UUID tenant, Consumer<Finding> found) {
    Instant dropped = ports.work().read(tx -> tx.seals().droppedBefore()).orElse(null);
    Chain chain = new Chain(ports, found, dropped);
    Seal last = null;
    long seals = 0;
    long rows = 0;
    List<Seal> page = page(tenant, 0);
    while (!page.isEmpty()) {
      for (Seal seal : page) {
        chain.check(last, seal);
        seals++;
        rows += seal.rowIds().size();
        last = seal;
      }
      page = page(tenant, page.getLast().number());
    }
    return tail(new Report(tenant, seals, rows, last, 0, null, dropped));
  }

  private List<Seal> page(UUID tenant, long after) {
    return ports.work().read(tx -> tx.seals().seals(tenant, after, SEALS_AT_ONCE));
  }

  private Report tail(Report sealed) {
    Seal last = sealed.last();
    Place at = last == null ? Place.BEGINNING : last.last();
    long unsealed = 0;
    UUID oldest = null;
    for (List<SealedRow> page = rows(sealed.tenantId(), at);
        !page.isEmpty();
        page = rows(sealed.tenantId(), at)) {
      oldest = oldest == null ? page.getFirst().place().id() : oldest;
      unsealed += page.size();
      at = page.getLast().place();
    }
    return new Report(
        sealed.tenantId(),
        sealed.seals(),
        sealed.rows(),
        last,
        unsealed,
        oldest,
        sealed.droppedBefore());
  }

  private List<SealedRow> rows(UUID tenant, Place after) {
    return ports.work().read(tx -> tx.seals().rows(tenant, after, false, ROWS_AT_ONCE));
  }
}
