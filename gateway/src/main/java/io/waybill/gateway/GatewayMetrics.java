package io.waybill.gateway;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.waybill.core.ErrorCode;
import io.waybill.wire.Command;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What is counted, without any device's name. Every request ends in exactly one outcome, so {@code
 * mqtt_requests_total} summed over outcomes is the number of requests taken; {@code
 * mqtt_poison_total} is the part of it whose outcome is {@code poison}, and {@code
 * mqtt_redeliveries_total} the part that this gateway had seen before.
 */
final class GatewayMetrics {

  /** How a request ended. */
  enum Outcome {
    OK,
    REFUSED,
    UNAVAILABLE,
    POISON,
    DEFECT,
    /** A repetition of what waits already: the answer to that is its answer. */
    JOINED,
    DROPPED;

    private final String tag = name().toLowerCase(java.util.Locale.ROOT);

    String tag() {
      return tag;
    }
  }

  private static final String REQUESTS = "mqtt.requests";
  private static final String DURATION = "mqtt.request.duration";
  private static final String RESULTS = "device.command.results";
  private static final String PRESENCE = "device.presence.messages";
  private static final String UNKNOWN = "unknown";
  private static final Duration[] BUCKETS =
      LongStream.of(1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final MeterRegistry registry;
  private final Counter poison;
  private final Counter redeliveries;
  private final Counter authFailures;
  private final Map<String, Counter> rejects;

  GatewayMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.poison = registry.counter("mqtt.poison");
    this.redeliveries = registry.counter("mqtt.redeliveries");
    this.authFailures = registry.counter("device.auth.failures");
    Counter quotaRejects = registry.counter("quota.rejects");
    this.rejects =
        Map.of(
            ErrorCode.QUOTA_OPEN_UPLOADS_EXCEEDED.code(),
            quotaRejects,
            ErrorCode.QUOTA_BYTES_EXCEEDED.code(),
            quotaRejects,
            ErrorCode.RATE_LIMIT_EXCEEDED.code(),
            registry.counter("rate.limit.rejects"),
            ErrorCode.STORAGE_BACKPRESSURE.code(),
            registry.counter("storage.backpressure.rejects"));
    for (Command.Name command : Command.Name.values()) {
      requests(command.toString(), Outcome.OK);
      duration(command.toString());
    }
    requests(UNKNOWN, Outcome.POISON);
    registry.counter(RESULTS, "outcome", "new");
    registry.counter(PRESENCE, "outcome", "online");
  }

  void watchInflight(IntSupplier inflight) {
    // a registry holds what it asks by a weak reference, and nobody else holds this one
    Gauge.builder("mqtt.inflight", inflight, IntSupplier::getAsInt)
        .strongReference(true)
        .register(registry);
  }

  /** A command's own name; one word for all that are none: a device may call its anything. */
  static String label(@Nullable String command) {
    return command == null || Command.Name.of(command).isEmpty() ? UNKNOWN : command;
  }

  void ended(@Nullable String command, Outcome outcome, Duration took) {
    String known = label(command);
    requests(known, outcome).increment();
    duration(known).record(took);
    if (outcome == Outcome.POISON) {
      poison.increment();
    }
  }

  void dropped() {
    requests(UNKNOWN, Outcome.DROPPED).increment();
  }

  /** What a device says of a command, or of its connection, was taken in, or not. */
  void noticed(boolean isOfPresence, String outcome) {
    registry.counter(isOfPresence ? PRESENCE : RESULTS, "outcome", outcome).increment();
  }

  /** The registry does not let the device of a topic act. */
  void refusedDevice() {
    authFailures.increment();
  }

  /** A request was answered with this code. */
  void answered(String errorCode) {
    Counter counter = rejects.get(errorCode);
    if (counter != null) {
      counter.increment();
    }
  }

  void redelivered() {
    redeliveries.increment();
  }

  private Counter requests(String command, Outcome outcome) {
    return registry.counter(REQUESTS, "command", command, "outcome", outcome.tag);
  }

  private Timer duration(String command) {
    return Timer.builder(DURATION)
        .serviceLevelObjectives(BUCKETS)
        .tag("command", command)
        .register(registry);
  }
}
