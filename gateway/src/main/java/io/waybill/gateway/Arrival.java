package io.waybill.gateway;

import io.waybill.doors.TraceParent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One message as it came from the broker, and the way to acknowledge it. */
public final class Arrival {

  private final String topic;
  private final Supplier<byte[]> payload;
  private final boolean isAtLeastOnce;
  private final Properties properties;
  private final Runnable acknowledgement;
  private final AtomicBoolean isAcknowledged = new AtomicBoolean();

  public Arrival(
      String topic,
      Supplier<byte[]> payload,
      boolean isAtLeastOnce,
      Properties properties,
      Runnable acknowledgement) {
    this.topic = topic;
    this.payload = payload;
    this.isAtLeastOnce = isAtLeastOnce;
    this.properties = properties;
    this.acknowledgement = acknowledgement;
  }

  /**
   * What MQTT 5 adds; a 3.1.1 client has none of it.
   *
   * @param traceparent as it came, whatever it says
   */
  @SuppressWarnings("ArrayRecordComponent") // opaque bytes, handed on and never compared
  public record Properties(
      @Nullable String responseTopic,
      byte @Nullable [] correlationData,
      @Nullable String traceparent) {}

  String topic() {
    return topic;
  }

  /** A copy, made only now: what waits in a lane is not in memory twice. */
  byte[] payload() {
    return payload.get();
  }

  /**
   * Whether the broker waits for an acknowledgement. Then it also holds back what is more than we
   * can take; a message sent at most once comes however many there are.
   */
  boolean isAtLeastOnce() {
    return isAtLeastOnce;
  }

  Optional<String> responseTopic() {
    return Optional.ofNullable(properties.responseTopic());
  }

  byte @Nullable [] correlationData() {
    return properties.correlationData();
  }

  @Nullable String traceparent() {
    return properties.traceparent();
  }

  /** The trace that it is part of, where its device says so. */
  Optional<String> traceId() {
    return Optional.ofNullable(properties.traceparent()).flatMap(TraceParent::traceId);
  }

  /** Tells the broker that our death cannot lose this any more. The second call does nothing. */
  void acknowledge() {
    if (isAcknowledged.compareAndSet(false, true)) {
      acknowledgement.run();
    }
  }
}
