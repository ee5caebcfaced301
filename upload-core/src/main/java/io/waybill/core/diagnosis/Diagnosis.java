package io.waybill.core.diagnosis;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The one cause for which something stands still, and what ends that.
 *
 * @param since when it began; null when nobody knows
 * @param message what is the matter, for people; times in it are UTC
 * @param nextStep what somebody should do, or what happens by itself
 */
public record Diagnosis(Cause cause, @Nullable Instant since, String message, String nextStep) {}
