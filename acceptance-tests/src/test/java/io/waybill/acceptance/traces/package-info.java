/** What a collector of traces is told, and that nobody waits for it. */
@NullMarked
package io.waybill.acceptance.traces;

import org.jspecify.annotations.NullMarked;
