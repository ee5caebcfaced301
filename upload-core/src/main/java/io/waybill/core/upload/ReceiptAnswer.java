package io.waybill.core.upload;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET …/receipt}.
 *
 * @param receipt a compact JWS; null where the installation signs none
 */
public record ReceiptAnswer(UUID sessionId, @Nullable String receipt) {}
