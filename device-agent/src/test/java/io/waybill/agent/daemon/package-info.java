/** Tests of the daemon as a whole. */
@NullMarked
package io.waybill.agent.daemon;

import org.jspecify.annotations.NullMarked;
