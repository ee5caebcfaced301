/** Use cases of the audit trail. */
@NullMarked
package io.waybill.core.audit.usecase;

import org.jspecify.annotations.NullMarked;
