/** Routes of webhook endpoints. */
@NullMarked
package io.waybill.controlapi.webhook;

import org.jspecify.annotations.NullMarked;
