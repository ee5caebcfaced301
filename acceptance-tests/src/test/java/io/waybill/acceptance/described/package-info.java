/** Every request that the description of the API allows, and many that it does not. */
@NullMarked
package io.waybill.acceptance.described;

import org.jspecify.annotations.NullMarked;
