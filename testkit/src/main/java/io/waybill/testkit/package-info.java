/** Contracts of the ports, as tests that each adapter runs, and what those tests stand on. */
@NullMarked
package io.waybill.testkit;

import org.jspecify.annotations.NullMarked;
