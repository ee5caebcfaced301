/** What must never be written down, and what never gets in. */
@NullMarked
package io.waybill.acceptance.secrets;

import org.jspecify.annotations.NullMarked;
