/** Background work: what keeps uploads moving when nobody calls. */
@NullMarked
package io.waybill.workers;

import org.jspecify.annotations.NullMarked;
