/** What every adapter of a port must do, as tests: one run for each adapter. */
@NullMarked
package io.waybill.testkit.contract;

import org.jspecify.annotations.NullMarked;
