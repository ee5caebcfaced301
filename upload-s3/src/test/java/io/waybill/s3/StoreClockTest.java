package io.waybill.s3;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of two clocks when a store refuses what we sign. */
class StoreClockTest {
  private static final Instant OURS = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void clocks_that_are_far_apart_are_named() {
    assertThat(StoreClock.apart("Sun, 01 Mar 2026 12:20:00 GMT", OURS))
        .isEqualTo("this machine's clock is 1200 s behind the store's");
    assertThat(StoreClock.apart("Sun, 01 Mar 2026 11:50:00 GMT", OURS))
        .isEqualTo("this machine's clock is 600 s ahead of the store's");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "Sun, 01 Mar 2026 12:03:00 GMT",
        "Sun, 01 Mar 2026 11:57:00 GMT",
        "yesterday",
        "",
        "Sun, 01 Mar 2026"
      })
  void nothing_is_said_of_clocks_that_agree_or_are_not_told(String date) {
    assertThat(StoreClock.apart(date, OURS)).isNull();
  }

  @Test
  void a_store_that_names_the_clock_is_believed() throws IOException {
    assertThat(refusal(20, error("RequestTimeTooSkewed")))
        .startsWith("RequestTimeTooSkewed: this machine's clock is ")
        .endsWith(" s behind the store's, so it refuses what we sign: set the wrong one");
  }

  /** A policy that denies us is not looked for by who is told of a clock alone. */
  @Test
  void beside_any_other_words_of_the_store_the_clock_is_a_remark() throws IOException {
    assertThat(refusal(5, error("AccessDenied")))
        .startsWith("AccessDenied: a policy denies s3:PutObject (this machine's clock is ")
        .endsWith(" s behind the store's)");
    assertThat(refusal(0, error("AccessDenied")))
        .isEqualTo("AccessDenied: a policy denies s3:PutObject");
  }

  @Test
  void so_it_is_beside_what_is_said_of_an_answer_without_words() throws IOException {
    assertThat(refusal(5, "")).startsWith("HTTP 403: this machine's clock is ");
    assertThat(StoreAnswers.aboutBucket(StoreAnswers.refused(answer(5, "")), "b").what())
        .startsWith("HTTP 403: it does not know our key, or the key may not look at bucket b, or")
        .contains(" it minds that this machine's clock is ")
        .endsWith(" s behind the store's");
  }

  private static String refusal(int minutesAhead, String body) throws IOException {
    return StoreAnswers.refused(answer(minutesAhead, body)).what();
  }

  private static String error(String code) {
    return "<Error><Code>%s</Code><Message>a policy denies s3:PutObject</Message></Error>"
        .formatted(code);
  }

  private static ClassicHttpResponse answer(int minutesAhead, String body) {
    ClassicHttpResponse answer = new BasicClassicHttpResponse(403);
    ZonedDateTime theirs = ZonedDateTime.now(ZoneOffset.UTC).plusMinutes(minutesAhead);
    answer.setHeader("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(theirs));
    answer.setEntity(new StringEntity(body));
    return answer;
  }
}
