/** {@code ./waybill up} as a process: it is killed, started again, told to stop, in the way. */
@NullMarked
package io.waybill.acceptance.stack;

import org.jspecify.annotations.NullMarked;
