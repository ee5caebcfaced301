/** Tests of the wire protocol. */
@NullMarked
package io.waybill.wire;

import org.jspecify.annotations.NullMarked;
