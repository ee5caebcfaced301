/** What happened, written in the transaction in which it happened. */
@NullMarked
package io.waybill.core.event;

import org.jspecify.annotations.NullMarked;
