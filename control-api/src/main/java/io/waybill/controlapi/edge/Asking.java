package io.waybill.controlapi.edge;

import java.util.function.Function;
import java.util.function.Predicate;

/**
 * How a route is asked, and what it then waits for.
 *
 * @param query reads the query
 * @param hasBody whether a body is waited for
 * @param needsStorage whether the answer waits for storage, or for the database alone
 */
record Asking<Q>(Function<Query, Q> query, boolean hasBody, Predicate<Q> needsStorage) {}
