/** Routes of devices. */
@NullMarked
package io.waybill.controlapi.device;

import org.jspecify.annotations.NullMarked;
