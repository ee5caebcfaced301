package io.waybill.core.upload;

import java.time.Instant;

/** A part as ListParts describes it. */
public record StoredPart(int partNumber, String etag, long sizeBytes, Instant uploadedAt) {}
