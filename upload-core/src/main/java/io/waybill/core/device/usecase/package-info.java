/** What is done with devices. */
@NullMarked
package io.waybill.core.device.usecase;

import org.jspecify.annotations.NullMarked;
