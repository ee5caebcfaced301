package io.waybill.core.idempotency;

import java.util.UUID;

/**
 * The name of one record.
 *
 * @param actor see {@link io.waybill.core.access.Identity#actor()}
 */
public record Scope(UUID tenantId, String actor, String key) {}
