/** What stands in {@code docs/plc}, run as far as it can be without a controller. */
@NullMarked
package io.waybill.acceptance.plc;

import org.jspecify.annotations.NullMarked;
