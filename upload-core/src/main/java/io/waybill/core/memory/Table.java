package io.waybill.core.memory;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * The name of one table. The store that works on it declares it, and nobody else lists it.
 *
 * @param order of its keys: what lists that ask for none come in
 * @param copied a row that a transaction may change; rows that never change are their own copies
 */
record Table<K, V>(String name, Comparator<? super K> order, UnaryOperator<V> copied) {

  /** One in the natural order of its keys, whose rows never change. */
  static <K extends Comparable<? super K>, V> Table<K, V> of(String name) {
    return new Table<>(name, Comparator.naturalOrder(), UnaryOperator.identity());
  }

  Map<K, V> copy(Map<K, V> rows) {
    Map<K, V> copy = new TreeMap<>(order);
    rows.forEach((key, row) -> copy.put(key, copied.apply(row)));
    return copy;
  }
}
