/** Routes of the audit trail. */
@NullMarked
package io.waybill.controlapi.audit;

import org.jspecify.annotations.NullMarked;
