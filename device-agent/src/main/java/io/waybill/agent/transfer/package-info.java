/** Gets the bytes of parts from files to the store, whatever the network does meanwhile. */
@NullMarked
package io.waybill.agent.transfer;

import org.jspecify.annotations.NullMarked;
