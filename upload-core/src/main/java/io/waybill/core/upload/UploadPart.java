package io.waybill.core.upload;

import java.time.Instant;

/** One part that a client acknowledged or storage listed. */
public record UploadPart(
    int partNumber, String etag, long sizeBytes, PartStatus status, Instant uploadedAt) {}
