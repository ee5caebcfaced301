/** A dataset: one data asset, one final object, and where it stands. */
@NullMarked
package io.waybill.core.dataset;

import org.jspecify.annotations.NullMarked;
