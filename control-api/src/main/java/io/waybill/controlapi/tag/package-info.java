/** Routes of tags. */
@NullMarked
package io.waybill.controlapi.tag;

import org.jspecify.annotations.NullMarked;
