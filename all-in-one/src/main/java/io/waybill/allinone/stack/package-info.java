/** The whole of a small installation in one process: what {@code ./waybill up} runs. */
@NullMarked
package io.waybill.allinone.stack;

import org.jspecify.annotations.NullMarked;
