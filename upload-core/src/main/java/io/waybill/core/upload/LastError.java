package io.waybill.core.upload;

import java.time.Instant;

/**
 * Why an upload stands where it stands.
 *
 * @param code wire form of an {@link io.waybill.core.ErrorCode}
 */
public record LastError(String code, String message, Instant occurredAt) {}
