/** The upkeep of remembered requests. */
@NullMarked
package io.waybill.core.idempotency.usecase;

import org.jspecify.annotations.NullMarked;
