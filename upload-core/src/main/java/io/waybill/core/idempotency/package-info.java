/** Repeating a call without repeating its effect. */
@NullMarked
package io.waybill.core.idempotency;

import org.jspecify.annotations.NullMarked;
