package io.waybill.core;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, newest first.
 *
 * @param next id after which the next page begins; null at the end
 */
public record Page<T>(List<T> items, @Nullable UUID next) {

  public Page {
    items = List.copyOf(items);
  }

  /**
   * Cuts what was read with one row too many.
   *
   * @param read at most {@code limit + 1} rows
   */
  public static <T> Page<T> of(List<T> read, int limit, java.util.function.Function<T, UUID> idOf) {
    if (read.size() <= limit) {
      return new Page<>(read, null);
    }
    List<T> items = read.subList(0, limit);
    return new Page<>(items, idOf.apply(items.getLast()));
  }
}
