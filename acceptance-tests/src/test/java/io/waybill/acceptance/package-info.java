/** What holds for the whole of Waybill, whoever looks at it from outside. */
@NullMarked
package io.waybill.acceptance;

import org.jspecify.annotations.NullMarked;
