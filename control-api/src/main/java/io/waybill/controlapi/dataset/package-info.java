/** Routes of datasets. */
@NullMarked
package io.waybill.controlapi.dataset;

import org.jspecify.annotations.NullMarked;
