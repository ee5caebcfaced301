/**
 * The control plane in one thread and in virtual time: real use cases over ports that a seeded
 * scheduler may hold, break, repeat and lose. The same seed tells the same story everywhere.
 */
@NullMarked
package io.waybill.testkit.simulation;

import org.jspecify.annotations.NullMarked;
