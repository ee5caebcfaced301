/** What looking into large files costs. */
@NullMarked
package io.waybill.benchmarks.validation;

import org.jspecify.annotations.NullMarked;
