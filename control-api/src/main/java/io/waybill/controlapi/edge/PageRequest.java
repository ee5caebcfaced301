package io.waybill.controlapi.edge;

import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list that can be asked for nothing else.
 *
 * @param cursor the last item of the page before; null for the first page
 */
public record PageRequest(@Nullable UUID cursor, int limit) {

  /** Reads {@code cursor} and {@code limit}. */
  public static Function<Query, PageRequest> of(String list) {
    return query -> new PageRequest(query.cursor(list), query.limit());
  }
}
