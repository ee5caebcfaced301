package io.waybill.core.memory;

import java.util.Comparator;

/**
 * The name of one table, whose rows never change but are put anew. The store that works on it
 * declares it, and nobody else lists it.
 *
 * @param order of its keys: what lists that ask for none come in
 */
@SuppressWarnings("UnusedTypeParameter") // says what its rows are
record Table<K, V>(String name, Comparator<? super K> order) {

  /** One in the natural order of its keys. */
  static <K extends Comparable<? super K>, V> Table<K, V> of(String name) {
    return new Table<>(name, Comparator.naturalOrder());
  }
}
