/** How many bytes a tenant may hold, and whether what is counted is true. */
@NullMarked
package io.waybill.core.quota;

import org.jspecify.annotations.NullMarked;
