package io.waybill.core.memory;

import io.waybill.core.app.Stores;
import io.waybill.core.event.AuditEvent;
import io.waybill.core.event.Facts;
import io.waybill.core.event.OutboxEvent;
import io.waybill.core.upload.LifecycleEvent;
import io.waybill.core.upload.TaskStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One transaction as PostgreSQL's READ COMMITTED has it: each statement sees what is committed when
 * it runs, and what the transaction wrote; a row that it wrote or locked is its own until it ends.
 *
 * <p>A statement that meets another's row ends in {@link Occupied} without a trace; once that other
 * transaction has ended it is to be run again, and sees what the other has left. Stricter than
 * PostgreSQL, where a statement that has waited looks only at the locked rows anew; weaker in that
 * a foreign key locks nothing.
 */
public final class MemoryTransaction {

  private final MemoryDatabase database;
  private final IdentityHashMap<Table<?, ?>, Rows<?, ?>> tables = new IdentityHashMap<>(8);
  private final Set<Lock> locks = new HashSet<>();
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private final List<Facts> facts = new ArrayList<>();
  private boolean ended;

  /** Tasks that this transaction has brought to an end. */
  final Map<UUID, TaskStatus> endedTasks = new TreeMap<>();

  MemoryTransaction(MemoryDatabase database) {
    this.database = database;
  }

  /** One row of one table. */
  record Lock(String table, Object key) {}

  /** A row is another transaction's. */
  public static final class Occupied extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final transient MemoryTransaction by;

    Occupied(Lock row, MemoryTransaction by) {
      super(row.table() + " " + row.key() + " is another transaction's", null, false, false);
      this.by = by;
    }

    public MemoryTransaction by() {
      return by;
    }
  }

  public Stores stores() {
    return new MemoryStores(this);
  }

  /** Runs one statement: whole, or without a trace. */
  public <T extends @Nullable Object> T statement(Supplier<T> statement) {
    int before = undo.size();
    int told = facts.size();
    Set<UUID> ends = endedTasks.isEmpty() ? Set.of() : Set.copyOf(endedTasks.keySet());
    try {
      return statement.get();
    } catch (Occupied occupied) {
      while (undo.size() > before) {
        undo.pop().run();
      }
      facts.subList(told, facts.size()).clear();
      endedTasks.keySet().retainAll(ends);
      throw occupied;
    }
  }

  /** Makes it all seen, and tells the listener. */
  public void commit() {
    database.commit(this);
  }

  /** Leaves nothing. */
  public void rollback() {
    database.end(this);
  }

  public boolean isOver() {
    return ended;
  }

  /** False when there was nothing to apply. */
  boolean apply() {
    tables.values().forEach(Rows::commit);
    return !undo.isEmpty();
  }

  Set<Lock> end() {
    ended = true;
    return locks;
  }

  Facts facts() {
    Facts all = Facts.NONE;
    for (Facts one : facts) {
      all = all.and(one);
    }
    return all;
  }

  void tell(Facts more) {
    facts.add(more);
  }

  /** Every move that is told of so far, its own included. */
  List<LifecycleEvent> moves() {
    if (facts.isEmpty()) {
      return database.moves();
    }
    List<LifecycleEvent> moves = new ArrayList<>(database.moves());
    facts.forEach(one -> moves.addAll(one.timeline(LifecycleEvent.class)));
    return moves;
  }

  /** Every event of the outbox that is committed. */
  List<OutboxEvent> outbox() {
    return database.outbox();
  }

  /** Every audit row so far, its own included. */
  List<AuditEvent> audit() {
    List<AuditEvent> rows = new ArrayList<>(database.audit());
    facts.forEach(one -> rows.addAll(one.audit()));
    return rows;
  }

  /** The rows of a table, to be read and changed. */
  @SuppressWarnings("unchecked") // under a table's name there are only its own rows
  <K, V> Rows<K, V> of(Table<K, V> table) {
    Rows<K, V> rows = (Rows<K, V>) tables.get(table);
    if (rows == null) {
      rows = new Rows<>(this, table, database.committed(table));
      tables.put(table, rows);
    }
    return rows;
  }

  void lock(Table<?, ?> table, Object key) {
    Lock row = new Lock(table.name(), key);
    if (locks.contains(row)) {
      return;
    }
    MemoryTransaction holder = database.lock(row, this);
    if (holder != this) {
      throw new Occupied(row, holder);
    }
    locks.add(row);
  }

  boolean isFree(Table<?, ?> table, Object key) {
    @Nullable MemoryTransaction holder = database.holder(new Lock(table.name(), key));
    return holder == null || holder == this;
  }

  void undoBy(Runnable step) {
    undo.push(step);
  }
}
