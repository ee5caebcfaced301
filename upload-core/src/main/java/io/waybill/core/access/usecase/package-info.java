/** Who is calling: secrets and ids become identities. */
@NullMarked
package io.waybill.core.access.usecase;

import org.jspecify.annotations.NullMarked;
