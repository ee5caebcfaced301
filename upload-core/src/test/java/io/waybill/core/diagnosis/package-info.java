/** Tests of what something can stand still for. */
@NullMarked
package io.waybill.core.diagnosis;

import org.jspecify.annotations.NullMarked;
