/** Receipts as JSON Web Signatures, and the keys that sign and verify them. */
@NullMarked
package io.waybill.doors.receipt;

import org.jspecify.annotations.NullMarked;
