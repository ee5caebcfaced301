/** Comparing database and stores after a restore, and what is found by it. */
@NullMarked
package io.waybill.core.recovery.usecase;

import org.jspecify.annotations.NullMarked;
