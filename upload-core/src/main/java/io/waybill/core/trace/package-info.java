/** Where the time goes, as it is told to whoever watches. */
@NullMarked
package io.waybill.core.trace;

import org.jspecify.annotations.NullMarked;
