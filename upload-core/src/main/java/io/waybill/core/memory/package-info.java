/** The ports on plain maps: small, honest, held by the same contracts as the real ones. */
@NullMarked
package io.waybill.core.memory;

import org.jspecify.annotations.NullMarked;
