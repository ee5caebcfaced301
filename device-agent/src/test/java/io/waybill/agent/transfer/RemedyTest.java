package io.waybill.agent.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.transfer.PutOutcome.Answered;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemedyTest {

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          400, RequestTimeout,   FRESH_URL
          400, IncompleteBody,   FRESH_URL
          400, BadDigest,        READ_AGAIN
          400, EntityTooLarge,   STOP
          401, '',               STOP
          403, AccessDenied,     FORBIDDEN
          404, NoSuchUpload,     RECONCILE
          405, MethodNotAllowed, STOP
          408, '',               WAIT
          411, '',               STOP
          425, '',               WAIT
          429, SlowDown,         WAIT
          500, InternalError,    WAIT
          503, SlowDown,         WAIT
          599, '',               WAIT
          """)
  void every_answer_of_a_store_has_its_remedy(int status, String code, Remedy remedy) {
    assertThat(Remedy.of(new Answered(status, code, null))).isEqualTo(remedy);
  }

  @Test
  void a_broken_connection_means_unknown_and_a_fresh_url() {
    assertThat(Remedy.of(new PutOutcome.Unknown("reset"))).isEqualTo(Remedy.FRESH_URL);
  }

  @Test
  void waits_start_at_half_a_second_and_never_exceed_thirty() {
    Random random = new Random(17);
    for (int failures = 1; failures < 2_000; failures++) {
      assertThat(Backoff.PARTS.after(failures, random))
          .isBetween(Duration.ofMillis(500), Duration.ofSeconds(30));
    }
    assertThat(Backoff.PARTS.after(1, random)).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void width_grows_while_it_pays_goes_back_when_not_and_halves_on_complaints() {
    Width width = new Width(4);
    width.measured(100);
    assertThat(width.now()).isEqualTo(5);
    width.measured(130);
    assertThat(width.now()).isEqualTo(6);
    width.measured(131);
    assertThat(width.now()).isEqualTo(5);
    width.complained();
    assertThat(width.now()).isEqualTo(2);
    width.complained();
    width.complained();
    assertThat(width.now()).isEqualTo(1);
  }

  @Test
  void the_pace_is_one_for_all_connections() {
    long[] now = {0};
    Pace pace = new Pace(1_000, () -> now[0]);
    assertThat(pace.reserve(500)).isZero();
    assertThat(pace.reserve(500)).isEqualTo(500_000_000L);
    now[0] = 2_000_000_000L;
    assertThat(pace.reserve(500)).isZero();
  }
}
