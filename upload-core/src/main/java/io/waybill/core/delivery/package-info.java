/** How what has happened is told to the rest of the world: the relay's rows, and whom it tells. */
@NullMarked
package io.waybill.core.delivery;

import org.jspecify.annotations.NullMarked;
