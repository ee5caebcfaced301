/** Processes that die in the middle of a call, on a real database and a real store. */
@NullMarked
package io.waybill.acceptance.crash;

import org.jspecify.annotations.NullMarked;
