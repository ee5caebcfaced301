/** What the relay and operators do with deliveries. */
@NullMarked
package io.waybill.core.delivery.usecase;

import org.jspecify.annotations.NullMarked;
