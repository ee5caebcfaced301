package io.waybill.core.audit;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An audit row as a seal covers it.
 *
 * @param columns every column as text, in one fixed order: what its digest is made of
 */
public record SealedRow(UUID tenantId, Place place, List<@Nullable String> columns) {

  /**
   * Where a row stands in the order of sealing: by its transaction, then as it was written.
   *
   * @param xid of the transaction that wrote it; 0 for rows from before rows were sealed
   */
  public record Place(long xid, long position, UUID id) implements Comparable<Place> {
    /** Before every row. */
    public static final Place BEGINNING = new Place(0, -1, new UUID(0, 0));

    @Override
    public int compareTo(Place other) {
      int byXid = Long.compareUnsigned(xid, other.xid);
      int byPosition = Long.compare(position, other.position);
      return byXid != 0
          ? byXid
          : byPosition != 0 ? byPosition : id.toString().compareTo(other.id.toString());
    }
  }

  public SealedRow {
    columns = java.util.Collections.unmodifiableList(new java.util.ArrayList<>(columns));
  }

  /** SHA-256 over the columns, as hex. */
  public String digest() {
    return Seal.sha256(columns);
  }
}
