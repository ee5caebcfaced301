/** Work that stands still and goes on without a thread of its own. */
@NullMarked
package io.waybill.testkit.turns;

import org.jspecify.annotations.NullMarked;
