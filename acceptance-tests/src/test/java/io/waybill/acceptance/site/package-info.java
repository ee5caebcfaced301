/** A whole installation on this machine, for tests that look at it from outside. */
@NullMarked
package io.waybill.acceptance.site;

import org.jspecify.annotations.NullMarked;
