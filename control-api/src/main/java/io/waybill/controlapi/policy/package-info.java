/** Storage policies over HTTP. */
@NullMarked
package io.waybill.controlapi.policy;

import org.jspecify.annotations.NullMarked;
