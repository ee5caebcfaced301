/**
 * The control plane in one thread and in virtual time: real use cases and both real doors over
 * ports, a broker and a network that a seeded scheduler may hold, break, repeat and lose. The same
 * seed tells the same story everywhere.
 */
@NullMarked
package io.waybill.simulator;

import org.jspecify.annotations.NullMarked;
