/** Routes of who may do what. */
@NullMarked
package io.waybill.controlapi.access;

import org.jspecify.annotations.NullMarked;
