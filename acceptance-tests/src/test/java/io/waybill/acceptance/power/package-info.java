/** The power fails: what is on the disk then is worked out from what a program asked of it. */
@NullMarked
package io.waybill.acceptance.power;

import org.jspecify.annotations.NullMarked;
