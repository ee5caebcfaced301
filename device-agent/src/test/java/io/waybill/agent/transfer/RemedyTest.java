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
          301, PermanentRedirect,  FORBIDDEN
          307, TemporaryRedirect,  FORBIDDEN
          400, RequestTimeout,     FRESH_URL
          400, IncompleteBody,     FRESH_URL
          400, BadDigest,          READ_AGAIN
          400, XAmzContentSHA256Mismatch, READ_AGAIN
          400, ExpiredToken,       FORBIDDEN
          400, InvalidToken,       FORBIDDEN
          400, AuthorizationHeaderMalformed, FORBIDDEN
          400, AuthorizationQueryParametersError, FORBIDDEN
          400, KMS.DisabledException, FORBIDDEN
          400, '',                 FORBIDDEN
          400, EntityTooLarge,     STOP
          400, EntityTooSmall,     STOP
          400, InvalidArgument,    STOP
          400, InvalidRequest,     STOP
          400, InvalidDigest,      STOP
          401, '',                 FORBIDDEN
          403, AccessDenied,       FORBIDDEN
          403, SignatureDoesNotMatch, FORBIDDEN
          403, RequestTimeTooSkewed, FORBIDDEN
          403, InvalidAccessKeyId, FORBIDDEN
          403, InvalidObjectState, FORBIDDEN
          404, NoSuchUpload,       RECONCILE
          404, NoSuchKey,          RECONCILE
          404, NoSuchBucket,       FORBIDDEN
          404, '',                 RECONCILE
          405, MethodNotAllowed,   FORBIDDEN
          407, '',                 FORBIDDEN
          408, '',                 WAIT
          409, OperationAborted,   WAIT
          409, '',                 WAIT
          411, MissingContentLength, FORBIDDEN
          412, PreconditionFailed, FORBIDDEN
          413, '',                 FORBIDDEN
          425, '',                 WAIT
          429, SlowDown,           WAIT
          451, '',                 FORBIDDEN
          500, InternalError,      WAIT
          501, NotImplemented,     FORBIDDEN
          502, '',                 WAIT
          503, SlowDown,           WAIT
          503, ServiceUnavailable, WAIT
          504, '',                 WAIT
          507, InsufficientStorage, WAIT
          599, '',                 WAIT
          """)
  void every_answer_of_a_store_has_its_remedy(int status, String code, Remedy remedy) {
    assertThat(Remedy.of(new Answered(status, code, null))).isEqualTo(remedy);
  }

  @Test
  void a_broken_connection_means_unknown_and_a_fresh_url() {
    assertThat(Remedy.of(new PutOutcome.Unknown("reset"))).isEqualTo(Remedy.FRESH_URL);
  }

  @Test
  void what_never_reached_the_store_keeps_its_url() {
    assertThat(Remedy.of(new PutOutcome.Unreached("refused"))).isEqualTo(Remedy.WAIT);
    assertThat(Remedy.of(new PutOutcome.NotTheStore("a portal"))).isEqualTo(Remedy.WAIT);
  }

  @Test
  void only_a_file_of_other_bytes_is_a_changed_one() {
    assertThat(Remedy.of(new PutOutcome.OtherBytes())).isEqualTo(Remedy.CHANGED);
    assertThat(Remedy.of(new PutOutcome.Unreadable("EIO"))).isEqualTo(Remedy.CHECK_FILE);
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
