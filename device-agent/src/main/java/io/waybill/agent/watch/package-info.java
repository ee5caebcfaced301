/** Finds files that are whole and were not taken before, in directories that are watched. */
@NullMarked
package io.waybill.agent.watch;

import org.jspecify.annotations.NullMarked;
