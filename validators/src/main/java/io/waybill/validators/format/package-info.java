/** The readers, one for each format. */
@NullMarked
package io.waybill.validators.format;

import org.jspecify.annotations.NullMarked;
