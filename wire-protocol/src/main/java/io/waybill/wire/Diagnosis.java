package io.waybill.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Why something stands still: one cause, and what ends that. */
public record Diagnosis(
    @Nullable String cause,
    @Nullable Instant since,
    @Nullable String message,
    @Nullable String nextStep) {}
