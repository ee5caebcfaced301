package io.waybill.core.upload;

import java.util.UUID;

/** What became of acknowledged parts. */
public record AcknowledgeAnswer(UUID sessionId, int acknowledgedPartCount, int uploadedPartCount) {}
