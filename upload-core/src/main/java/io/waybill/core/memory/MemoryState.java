package io.waybill.core.memory;

import io.waybill.core.event.Facts;
import io.waybill.core.idempotency.ClaimRequest;
import io.waybill.core.upload.Session;
import io.waybill.core.upload.TaskStatus;
import io.waybill.core.upload.UploadTask;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All rows. A transaction works on a copy, which copies a table when it is first asked for it; its
 * original is not used any more once the copy is committed.
 */
final class MemoryState {

  private final Map<Table<?, ?>, Map<?, ?>> tables;
  private final Set<Table<?, ?>> own = new HashSet<>();

  /** Tasks that the transaction under way has brought to an end. */
  final Map<UUID, TaskStatus> endedTasks = new TreeMap<>();

  Facts facts;

  MemoryState() {
    this(Map.of(), Facts.NONE);
  }

  private MemoryState(Map<Table<?, ?>, Map<?, ?>> tables, Facts facts) {
    this.tables = new HashMap<>(tables);
    this.facts = facts;
  }

  MemoryState copy() {
    return new MemoryState(tables, facts);
  }

  /** The rows of a table, to be read and changed. */
  @SuppressWarnings("unchecked") // under a table's name there are only its own rows
  <K, V> Map<K, V> of(Table<K, V> table) {
    Map<K, V> rows = (Map<K, V>) tables.getOrDefault(table, Map.of());
    if (own.add(table)) {
      rows = table.copy(rows);
      tables.put(table, rows);
    }
    return rows;
  }

  /** A task with what the policy said when it was made. */
  record TaskRow(UploadTask task, UUID policyId, boolean validationRequired) {}

  /**
   * A session with its claim.
   *
   * @param claimedUntil other workers do not see it before
   */
  record SessionRow(Session session, UUID policyId, @Nullable Instant claimedUntil) {}

  /**
   * A key's record; the answer is null while the first call is at work.
   *
   * @param claimedUntil until when the owed answer is some gateway's to give; that gateway walks
   *     the request again, so this is not the lease
   */
  record KeyRow(
      ClaimRequest<?> request,
      Instant leaseUntil,
      @Nullable Object answer,
      @Nullable Instant answeredAt,
      @Nullable Instant claimedUntil) {}
}
