package io.waybill.gateway;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One message, ready to go.
 *
 * @param life after which the broker may forget it
 * @param contentType what the payload is
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way out, never compared
public record OutgoingMessage(
    String topic,
    byte[] payload,
    byte @Nullable [] correlationData,
    Duration life,
    String contentType) {

  private static final String JSON = "application/json";

  /** An answer. */
  public OutgoingMessage(
      String topic, byte[] payload, byte @Nullable [] correlationData, Duration life) {
    this(topic, payload, correlationData, life, JSON);
  }
}
