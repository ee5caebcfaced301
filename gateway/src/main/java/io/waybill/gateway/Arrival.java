package io.waybill.gateway;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One message as it came from the broker, and the way to acknowledge it. */
final class Arrival {

  private final String topic;
  private final byte[] payload;
  private final @Nullable String responseTopic;
  private final byte @Nullable [] correlationData;
  private final @Nullable String traceId;
  private final Runnable acknowledgement;
  private final AtomicBoolean isAcknowledged = new AtomicBoolean();

  Arrival(String topic, byte[] payload, @Nullable Properties properties, Runnable acknowledgement) {
    this.topic = topic;
    this.payload = payload;
    this.responseTopic = properties == null ? null : properties.responseTopic();
    this.correlationData = properties == null ? null : properties.correlationData();
    this.traceId = properties == null ? null : properties.traceId();
    this.acknowledgement = acknowledgement;
  }

  /** What MQTT 5 adds; a 3.1.1 client has none of it. */
  @SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed on and never compared
  record Properties(
      @Nullable String responseTopic,
      byte @Nullable [] correlationData,
      @Nullable String traceId) {}

  String topic() {
    return topic;
  }

  byte[] payload() {
    return payload;
  }

  Optional<String> responseTopic() {
    return Optional.ofNullable(responseTopic);
  }

  byte @Nullable [] correlationData() {
    return correlationData;
  }

  @Nullable String traceId() {
    return traceId;
  }

  /** Tells the broker that our death cannot lose this any more. The second call does nothing. */
  void acknowledge() {
    if (isAcknowledged.compareAndSet(false, true)) {
      acknowledgement.run();
    }
  }
}
