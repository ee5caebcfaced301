package io.waybill.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One answer, ready to go.
 *
 * @param life after which the broker may forget it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never compared
public record OutgoingMessage(
    String topic, byte[] payload, byte @Nullable [] correlationData, Duration life) {}
