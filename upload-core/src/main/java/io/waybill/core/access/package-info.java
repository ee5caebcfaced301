/** Who calls and what they may do: identities, grants and the authorizer. */
@NullMarked
package io.waybill.core.access;

import org.jspecify.annotations.NullMarked;
