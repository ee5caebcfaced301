/** The in-memory adapter keeps the same contracts as the real one. */
@NullMarked
package io.waybill.testkit.memory;

import org.jspecify.annotations.NullMarked;
