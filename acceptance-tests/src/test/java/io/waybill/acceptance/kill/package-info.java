/** Programs killed with {@code kill -9} in the middle of their work. */
@NullMarked
package io.waybill.acceptance.kill;

import org.jspecify.annotations.NullMarked;
