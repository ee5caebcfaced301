/** Measurements beside the alternatives, in one run on one machine; pages, never assertions. */
@NullMarked
package io.waybill.benchmarks;

import org.jspecify.annotations.NullMarked;
