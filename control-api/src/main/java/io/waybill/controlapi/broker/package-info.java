/** What brokers ask about who connects to them: a listener of its own, never the public one. */
@NullMarked
package io.waybill.controlapi.broker;

import org.jspecify.annotations.NullMarked;
