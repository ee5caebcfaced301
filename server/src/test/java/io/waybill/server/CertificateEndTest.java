package io.waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@code waybill doctor} says of a certificate that is still good. */
class CertificateEndTest {
  private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

  @Test
  void an_end_within_a_month_is_a_warning() {
    assertThat(DoctorCommand.untilItEnds(NOW.plus(Duration.ofDays(29)), NOW))
        .isEqualTo("WARNING: it ends soon, at 2026-12-30T00:00:00Z; renew it before then");
    assertThat(DoctorCommand.untilItEnds(NOW.plus(Duration.ofDays(31)), NOW))
        .isEqualTo("it is good until 2027-01-01T00:00:00Z");
  }
}
