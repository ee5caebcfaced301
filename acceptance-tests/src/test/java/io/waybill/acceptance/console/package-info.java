/** The console, in the browser that people use. */
@NullMarked
package io.waybill.acceptance.console;

import org.jspecify.annotations.NullMarked;
