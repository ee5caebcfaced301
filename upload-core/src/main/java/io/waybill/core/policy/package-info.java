/** Storage policies: where a tenant's uploads go, and under which rules. */
@NullMarked
package io.waybill.core.policy;

import org.jspecify.annotations.NullMarked;
