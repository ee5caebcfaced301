/** The console's own code, where it needs no browser. */
@NullMarked
package io.waybill.controlapi.console;

import org.jspecify.annotations.NullMarked;
