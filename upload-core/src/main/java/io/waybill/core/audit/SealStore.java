package io.waybill.core.audit;

import io.waybill.core.audit.SealedRow.Place;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The chain of seals over each tenant's audit rows. Seals are only ever added. */
public interface SealStore {

  /** Every tenant that has audit rows, in the order of ids. */
  List<UUID> tenants();

  /**
   * Makes the transaction the tenant's only sealer until its end.
   *
   * @return false when somebody else is sealing at this moment
   */
  boolean claim(UUID tenantId);

  /** A tenant's last seal. */
  Optional<Seal> last(UUID tenantId);

  /**
   * Rows behind a place in the order of sealing.
   *
   * @param settled only rows of transactions before which none is running: no row can come to stand
   *     among them any more
   */
  List<SealedRow> rows(UUID tenantId, Place after, boolean settled, int limit);

  void add(Seal seal);

  /**
   * Rows of before this time were dropped, month by month, because nobody keeps them any longer;
   * empty where none were.
   */
  Optional<Instant> droppedBefore();

  /** A tenant's seals behind a number, in order. */
  List<Seal> seals(UUID tenantId, long afterNumber, int limit);
}
