package io.waybill.core.upload;

import java.time.Instant;

/** When URLs were last issued for a part, and until when they live. */
public record Issuance(int partNumber, Instant presignedAt, Instant expiresAt) {}
