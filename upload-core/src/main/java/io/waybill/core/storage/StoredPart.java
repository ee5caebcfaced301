package io.waybill.core.storage;

import java.time.Instant;

/** A part as ListParts describes it. */
public record StoredPart(int partNumber, String etag, long sizeBytes, Instant uploadedAt) {}
