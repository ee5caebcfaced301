@NullMarked
package io.waybill.doors.receipt;

import org.jspecify.annotations.NullMarked;
