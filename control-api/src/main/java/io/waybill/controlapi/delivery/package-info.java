/** What operators see and do of the outbox. */
@NullMarked
package io.waybill.controlapi.delivery;

import org.jspecify.annotations.NullMarked;
