/** Rules that hold over all modules, and pages that must say what the code does. */
@NullMarked
package io.waybill.acceptance.rules;

import org.jspecify.annotations.NullMarked;
