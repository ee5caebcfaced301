package io.waybill.core.memory;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One table as one transaction sees it: what is committed at this moment, and over it what the
 * transaction has written. Writing a row locks it until the transaction ends.
 */
final class Rows<K, V> {

  private final MemoryTransaction transaction;
  private final Table<K, V> table;
  private final NavigableMap<K, V> committed;

  /** Most transactions write to few of the tables that they read. */
  private NavigableMap<K, Written<V>> mine = Collections.emptyNavigableMap();

  /** What this transaction made of one row; null when it deleted it. */
  private record Written<V>(@Nullable V row) {}

  Rows(MemoryTransaction transaction, Table<K, V> table, NavigableMap<K, V> committed) {
    this.transaction = transaction;
    this.table = table;
    this.committed = committed;
  }

  @Nullable V get(K key) {
    Written<V> own = mine.isEmpty() ? null : mine.get(key);
    return own == null ? committed.get(key) : own.row();
  }

  /** The row as it is once nobody else works on it: SELECT … FOR UPDATE. */
  Optional<V> lock(K key) {
    if (get(key) != null) {
      transaction.lock(table, key);
    }
    return Optional.ofNullable(get(key));
  }

  /** Whether nobody else works on the row: what SKIP LOCKED asks. */
  boolean isFree(K key) {
    return transaction.isFree(table, key);
  }

  void put(K key, V row) {
    write(key, row);
  }

  void remove(K key) {
    write(key, null);
  }

  /** Writes anew a row that is there; null deletes it. */
  void change(K key, UnaryOperator<@Nullable V> change) {
    V row = lock(key).orElse(null);
    if (row != null) {
      write(key, change.apply(row));
    }
  }

  private void write(K key, @Nullable V row) {
    transaction.lock(table, key);
    if (mine.isEmpty()) {
      mine = new TreeMap<>(table.order());
    }
    Written<V> before = mine.put(key, new Written<>(row));
    transaction.undoBy(() -> restore(key, before));
  }

  private void restore(K key, @Nullable Written<V> before) {
    if (before == null) {
      mine.remove(key);
    } else {
      mine.put(key, before);
    }
  }

  /** The keys of all rows. Not to be kept, as the rows. */
  Collection<K> keys() {
    return seen().keySet();
  }

  /** All rows in the order of the table. Not to be kept: they may change under it. */
  Collection<V> values() {
    return seen().values();
  }

  /** The rows from one key to another, both included. */
  Collection<V> values(K from, K to) {
    return seen().subMap(from, true, to, true).values();
  }

  private NavigableMap<K, V> seen() {
    if (mine.isEmpty()) {
      return committed;
    }
    NavigableMap<K, V> seen = new TreeMap<>(committed);
    apply(seen);
    return seen;
  }

  void commit() {
    apply(committed);
  }

  private void apply(NavigableMap<K, V> to) {
    mine.forEach((key, written) -> {
      V row = written.row();
      if (row == null) {
        to.remove(key);
      } else {
        to.put(key, row);
      }
    });
  }
}
