package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.core.trace.Span;
import io.waybill.core.trace.Tracer;
import io.waybill.gateway.GatewayMetrics.Outcome;
import io.waybill.gateway.Reception.Finished;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Request;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes down how each request ended: one line, one count, one span. Never its payload, never a
 * URL.
 */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger("io.waybill.gateway.requests");
  private static final int REMEMBERED = 4096;
  private static final Set<String> IDENTITY_REFUSALS =
      Set.of(
          ErrorCode.DEVICE_NOT_FOUND.code(),
          ErrorCode.DEVICE_INACTIVE.code(),
          ErrorCode.AUTH_TENANT_INACTIVE.code());

  private final GatewayMetrics metrics;
  private final Tracer tracer;
  private final LinkedHashSet<Long> recent = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();

  Ledger(GatewayMetrics metrics, Tracer tracer) {
    this.metrics = metrics;
    this.tracer = tracer;
  }

  /** A request has been understood, or not: what its thread does until the end is about it. */
  Span begun(Arrival arrival, Request request) {
    return tracer.arrived(
        "mqtt", GatewayMetrics.label(request.commandName()), arrival.traceparent());
  }

  /** A device says something without being asked. */
  Span noticing(Arrival arrival) {
    return tracer.arrived("mqtt", notice(arrival), arrival.traceparent());
  }

  private static String notice(Arrival arrival) {
    return Notices.isOfPresence(arrival.topic()) ? "presence" : "command_result";
  }

  private static void describe(
      Span span, Optional<Owner> owner, String outcome, @Nullable String errorCode) {
    if (span.traceId().isEmpty()) {
      return;
    }
    owner.ifPresent(known -> {
      span.about("waybill.tenant_id", known.tenantId());
      span.about("waybill.device_id", known.deviceId());
    });
    span.about("waybill.outcome", outcome);
    if (errorCode != null) {
      span.about("waybill.error_code", errorCode);
    }
  }

  void written(Arrival arrival, Request request, Finished finished, Span span, Duration took) {
    metrics.ended(request.commandName(), finished.outcome(), took);
    String outcome = finished.outcome().tag();
    describe(span, finished.owner(), outcome, finished.errorCode());
    if (finished.outcome() == Outcome.UNAVAILABLE || finished.outcome() == Outcome.DEFECT) {
      span.failed(outcome);
    }
    if (request.requestId() != null && isRepeated(arrival.topic(), request.requestId())) {
      metrics.redelivered();
    }
    if (finished.errorCode() != null) {
      refused(finished.errorCode());
    }
    Level level =
        switch (finished.outcome()) {
          case OK, REFUSED, JOINED -> Level.INFO;
          case POISON, UNAVAILABLE, DROPPED -> Level.WARN;
          case DEFECT -> Level.ERROR;
        };
    LoggingEventBuilder line =
        LOG.atLevel(level)
            .addKeyValue("operation", request.commandName())
            .addKeyValue("request_id", request.requestId())
            .addKeyValue("tenant_id", finished.owner().map(Owner::tenantId).orElse(null))
            .addKeyValue("device_id", finished.owner().map(Owner::deviceId).orElse(null))
            .addKeyValue("outcome", finished.outcome())
            .addKeyValue("latency_ms", took.toMillis());
    Optional<String> traceId = span.traceId().or(arrival::traceId);
    if (traceId.isPresent()) {
      line = line.addKeyValue("trace_id", traceId.get());
    }
    if (finished.errorCode() != null) {
      line = line.addKeyValue("error_code", finished.errorCode());
    }
    line.log(
        switch (finished.outcome()) {
          case OK -> "served";
          case JOINED -> "repeats what waits already";
          case REFUSED, UNAVAILABLE, POISON, DEFECT, DROPPED -> "answered with an error";
        });
  }

  /** Something that a device said without being asked has been taken in, or not. */
  void noticed(Arrival arrival, Notices.Ended ended, Span span) {
    metrics.noticed(Notices.isOfPresence(arrival.topic()), ended.outcome());
    ErrorBody error = ended.error();
    describe(span, ended.owner(), ended.outcome(), error == null ? null : error.code());
    if (error != null) {
      refused(error.code());
    }
    LoggingEventBuilder line =
        LOG.atLevel(error == null ? Level.INFO : Level.WARN)
            .addKeyValue("operation", notice(arrival))
            .addKeyValue("tenant_id", ended.owner().map(Owner::tenantId).orElse(null))
            .addKeyValue("device_id", ended.owner().map(Owner::deviceId).orElse(null))
            .addKeyValue("outcome", ended.outcome());
    Optional<String> traceId = span.traceId().or(arrival::traceId);
    if (traceId.isPresent()) {
      line = line.addKeyValue("trace_id", traceId.get());
    }
    if (error != null) {
      line = line.addKeyValue("error_code", error.code());
    }
    line.log(error == null ? "heard" : "not heard, its device is told why");
  }

  private void refused(String errorCode) {
    metrics.answered(errorCode);
    if (IDENTITY_REFUSALS.contains(errorCode)) {
      metrics.refusedDevice();
    }
  }

  /** A message sent at most once came when there was no room. */
  void dropped() {
    metrics.dropped();
    LOG.debug("a request that was sent at most once is dropped, there is no room for it");
  }

  private boolean isRepeated(String topic, String requestId) {
    long name = (long) topic.hashCode() << 32 | Integer.toUnsignedLong(requestId.hashCode());
    lock.lock();
    try {
      boolean isNew = recent.add(name);
      if (recent.size() > REMEMBERED) {
        recent.removeFirst();
      }
      return !isNew;
    } finally {
      lock.unlock();
    }
  }
}
