/** Running work: one transaction, ids, the time, leases that are kept alive. */
@NullMarked
package io.waybill.core.work;

import org.jspecify.annotations.NullMarked;
