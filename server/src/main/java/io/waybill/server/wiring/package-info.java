/** Puts the programs together: the only place that knows every adapter. */
@NullMarked
package io.waybill.server.wiring;

import org.jspecify.annotations.NullMarked;
