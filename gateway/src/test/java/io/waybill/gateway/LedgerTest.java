package io.waybill.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.waybill.core.ErrorCode;
import io.waybill.core.trace.Span;
import io.waybill.core.trace.Tracer;
import io.waybill.gateway.GatewayMetrics.Outcome;
import io.waybill.gateway.Reception.Finished;
import io.waybill.wire.Command;
import io.waybill.wire.Request;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted of a request at its end. */
class LedgerTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Ledger ledger = new Ledger(new GatewayMetrics(registry), Tracer.NONE);

  @ParameterizedTest
  @CsvSource({
    "QUOTA_OPEN_UPLOADS_EXCEEDED, 1, 0, 0",
    "QUOTA_BYTES_EXCEEDED, 1, 0, 0",
    "RATE_LIMIT_EXCEEDED, 0, 1, 0",
    "DEVICE_INACTIVE, 0, 0, 1",
    "UPLOAD_EXPIRED, 0, 0, 0",
  })
  void a_refusal_is_counted_by_its_kind(ErrorCode code, int quota, int rate, int identity) {
    write(code.code());

    assertThat(count("quota.rejects")).isEqualTo(quota);
    assertThat(count("rate.limit.rejects")).isEqualTo(rate);
    assertThat(count("device.auth.failures")).isEqualTo(identity);
  }

  @Test
  void what_was_served_is_no_refusal() {
    write(null);

    assertThat(count("quota.rejects") + count("rate.limit.rejects")).isZero();
  }

  private void write(@Nullable String errorCode) {
    Arrival arrival =
        new Arrival(
            "topic", () -> new byte[0], true, new Arrival.Properties(null, null, null), () -> {});
    ledger.written(
        arrival,
        Request.of("1", null, new Command.Describe()),
        new Finished(
            Optional.empty(),
            Optional.empty(),
            errorCode == null ? Outcome.OK : Outcome.REFUSED,
            errorCode,
            () -> {}),
        Span.NONE,
        Duration.ofMillis(1));
  }

  private double count(String name) {
    return registry.counter(name).count();
  }
}
