/** Pages whose lines are run, and pages that are compared with what they describe. */
@NullMarked
package io.waybill.acceptance.docs;

import org.jspecify.annotations.NullMarked;
