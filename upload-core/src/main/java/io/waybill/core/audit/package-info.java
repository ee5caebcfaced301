/** The audit trail, as it is read and sealed. */
@NullMarked
package io.waybill.core.audit;

import org.jspecify.annotations.NullMarked;
