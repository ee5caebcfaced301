package io.waybill.gateway;

import io.waybill.core.ErrorCode;
import io.waybill.gateway.Reception.Finished;
import io.waybill.wire.ErrorBody;
import io.waybill.wire.Request;
import io.waybill.wire.Topics.Owner;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes down how each request ended: one line, one count. Never its payload, never a URL. */
final class Ledger {

  private static final Logger LOG = LoggerFactory.getLogger("io.waybill.gateway.requests");
  private static final int REMEMBERED = 4096;
  private static final Set<String> IDENTITY_REFUSALS =
      Set.of(
          ErrorCode.DEVICE_NOT_FOUND.code(),
          ErrorCode.DEVICE_INACTIVE.code(),
          ErrorCode.AUTH_TENANT_INACTIVE.code());

  private final GatewayMetrics metrics;
  private final LinkedHashSet<Long> recent = new LinkedHashSet<>();
  private final ReentrantLock lock = new ReentrantLock();

  Ledger(GatewayMetrics metrics) {
    this.metrics = metrics;
  }

  void written(Arrival arrival, Request request, Finished finished, Duration took) {
    metrics.ended(request.commandName(), finished.outcome(), took);
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
    if (arrival.traceId() != null) {
      line = line.addKeyValue("trace_id", arrival.traceId());
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
  void noticed(Arrival arrival, Notices.Ended ended) {
    boolean isOfPresence = Notices.isOfPresence(arrival.topic());
    metrics.noticed(isOfPresence, ended.outcome());
    ErrorBody error = ended.error();
    if (error != null) {
      refused(error.code());
    }
    LoggingEventBuilder line =
        LOG.atLevel(error == null ? Level.INFO : Level.WARN)
            .addKeyValue("operation", isOfPresence ? "presence" : "command_result")
            .addKeyValue("tenant_id", ended.owner().map(Owner::tenantId).orElse(null))
            .addKeyValue("device_id", ended.owner().map(Owner::deviceId).orElse(null))
            .addKeyValue("outcome", ended.outcome());
    if (arrival.traceId() != null) {
      line = line.addKeyValue("trace_id", arrival.traceId());
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
