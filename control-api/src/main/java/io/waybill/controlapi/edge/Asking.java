package io.waybill.controlapi.edge;

import java.util.function.Function;

/**
 * How a route is asked, and what it then waits for.
 *
 * @param query reads the query
 * @param hasBody whether a body is waited for
 * @param place whom the answer waits for
 */
record Asking<Q>(Function<Query, Q> query, boolean hasBody, Function<Q, Place> place) {

  /** Whom an answer waits for, beside the database. */
  enum Place {
    DATABASE,
    STORAGE,
    /** Somebody whom we do not know: outside every room, so that nobody else waits for them. */
    OUTSIDE
  }
}
