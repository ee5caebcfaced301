/** Endpoints that a tenant's own systems are told events at: values, their store, and ports. */
@NullMarked
package io.waybill.core.webhook;

import org.jspecify.annotations.NullMarked;
