package io.waybill.core.delivery;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a sink has not been told yet.
 *
 * @param pending deliveries to be made, and events that nobody has looked at for it; no more than
 *     were counted
 * @param oldest when the oldest of them happened; null when there is none
 */
public record Backlog(String sink, int pending, @Nullable Instant oldest) {}
