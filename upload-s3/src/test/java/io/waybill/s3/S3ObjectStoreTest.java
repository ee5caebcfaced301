package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.error;
import static io.waybill.s3.ScriptedServer.hangUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.waybill.core.Outage;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.AbortOutcome;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.ObjectStore.CreateOutcome;
import io.waybill.core.storage.ObjectStore.ListOutcome;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.ScriptedServer.Line;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real stores do on their bad days, and what is concluded from it. */
class S3ObjectStoreTest {

  private static final ObjectLocation LOCATION =
      new ObjectLocation("local", "robot-data", "tenants/a/run.mcap");
  private static final List<StoredPart> PARTS =
      List.of(new StoredPart(1, "\"e\"", 5, Instant.EPOCH));

  private final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.store();

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "403, AccessDenied",
    "403, InvalidAccessKeyId",
    "403, SignatureDoesNotMatch",
    "403, RequestTimeTooSkewed",
    "400, ExpiredToken",
    "404, NoSuchBucket",
    "400, KMS.DisabledException",
    "400, KMS.KMSInvalidStateException",
    "301, PermanentRedirect",
  })
  void a_store_that_refuses_us_says_so_at_every_call(int status, String code) {
    assertThat(completeWhen(error(status, code)))
        .isInstanceOfSatisfying(
            CompleteOutcome.Denied.class, denied -> assertRefused(denied.outage(), code));
    assertThat(createWhen(error(status, code)))
        .isInstanceOfSatisfying(
            CreateOutcome.Unavailable.class, denied -> assertRefused(denied.outage(), code));
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.listParts(LOCATION, "u"))
        .satisfies(outage -> assertRefused(outage, code));
    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.abort(LOCATION, "u"))
        .satisfies(outage -> assertRefused(outage, code));
  }

  @Test
  void an_error_in_the_body_of_a_success_is_an_error() {
    assertThat(completeWhen(error(200, "AccessDenied"))).isInstanceOf(CompleteOutcome.Denied.class);
    assertThat(createWhen(error(200, "InternalError")))
        .isInstanceOf(CreateOutcome.Unavailable.class);
    assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.listParts(LOCATION, "u"));
  }

  private static void assertRefused(Outage.Storage outage, String code) {
    assertThat(outage.isRefusal()).isTrue();
    assertThat(outage.what()).contains(code, "in words");
  }

  @Test
  void a_new_upload_is_refused_only_for_what_it_is() {
    assertThat(createWhen(error(400, "KeyTooLongError")))
        .isEqualTo(new CreateOutcome.Refused("KeyTooLongError", "in words"));
  }

  @Test
  void a_new_upload_without_a_clear_answer_may_be_tried_again() {
    for (Line line :
        List.of(
            error(500, "InternalError"),
            error(503, "SlowDown"),
            error(400, "SomethingNew"),
            error(404, "NoSuchUpload"),
            error(409, "OperationAborted"),
            error(412, "PreconditionFailed"),
            answer(404, "<html>not found</html>"),
            answer(200, "<InitiateMultipartUploadResult/>"),
            answer(200, "nothing"),
            hangUp())) {
      assertThat(createWhen(line))
          .isInstanceOfSatisfying(
              CreateOutcome.Unavailable.class,
              unclear -> assertThat(unclear.outage().isRefusal()).isFalse());
    }
  }

  @Test
  void at_most_eight_uploads_are_made_at_once_and_eight_are() {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch eight = new CountDownLatch(8);
    Line made = answer(200, "<R><UploadId>u</UploadId></R>");
    server.says(exchange -> {
      most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      eight.countDown();
      try {
        eight.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      inFlight.decrementAndGet();
      made.play(exchange);
    });

    List<CreateOutcome> outcomes =
        store.createUploads(Collections.nCopies(30, new NewUpload(LOCATION, "video/mp4")));

    assertThat(outcomes).hasSize(30).containsOnly(new CreateOutcome.Created("u"));
    assertThat(most).hasValue(8);
  }

  @Test
  void an_object_without_permission_to_look_is_not_taken_for_missing() {
    server.says(answer(403, ""));

    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.head(LOCATION))
        .matches(Outage.Storage::isRefusal);

    server.says(answer(404, ""));
    assertThat(store.head(LOCATION)).isEmpty();
  }

  @Test
  void an_object_without_an_etag_is_no_answer() {
    server.says(answer(200, ""));

    assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.head(LOCATION));
  }

  @Test
  void an_abort_is_done_or_pointless_or_an_outage() {
    server.says(answer(204, ""));
    assertThat(store.abort(LOCATION, "u")).isEqualTo(AbortOutcome.ABORTED);

    server.says(error(404, "NoSuchUpload"));
    assertThat(store.abort(LOCATION, "u")).isEqualTo(AbortOutcome.NO_SUCH_UPLOAD);

    for (Line line : List.of(answer(404, ""), error(403, "AccessDenied"), error(500, "X"))) {
      server.says(line);
      assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.abort(LOCATION, "u"));
    }
  }

  @Test
  void a_listing_is_unknown_to_the_store_or_an_outage() {
    server.says(error(404, "NoSuchUpload"));
    assertThat(store.listParts(LOCATION, "u")).isEqualTo(new ListOutcome.NoSuchUpload());

    for (Line line :
        List.of(
            error(503, "SlowDown"),
            error(412, "PreconditionFailed"),
            answer(404, ""),
            answer(200, "<Broken>"))) {
      server.says(line);
      assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.listParts(LOCATION, "u"));
    }
  }

  @Test
  void nothing_waits_longer_than_its_time_for_silence_or_for_drops() {
    for (Line line : List.of(server.silence(), server.drip())) {
      server.says(line);
      try (S3ObjectStore hurried = server.hurriedStore()) {
        assertThat(hurried.complete(LOCATION, "u", PARTS))
            .asInstanceOf(type(CompleteOutcome.Unknown.class))
            .extracting(CompleteOutcome.Unknown::what)
            .isEqualTo("Timeout: no answer in time");
        assertThatExceptionOfType(Outage.class).isThrownBy(() -> hurried.listParts(LOCATION, "u"));
      }
    }
  }

  @Test
  void a_check_fails_when_the_bucket_is_not_answered_for() {
    for (Line line : List.of(answer(404, ""), answer(403, ""), error(500, "X"), hangUp())) {
      server.says(line);
      assertThatExceptionOfType(Outage.class).isThrownBy(() -> store.check("local", "robot-data"));
    }
    server.says(server.silence());
    try (S3ObjectStore hurried = server.hurriedStore()) {
      assertThatExceptionOfType(Outage.class)
          .isThrownBy(() -> hurried.check("local", "robot-data"));
    }
  }

  /** The answer to HEAD has no words. */
  @Test
  void a_check_says_in_words_what_is_wrong() {
    server.says(answer(404, ""));
    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> store.check("local", "robot-data"))
        .withMessageContaining("HTTP 404: there is no bucket robot-data");
    server.says(answer(403, ""));
    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> store.check("local", "robot-data"))
        .withMessageContaining("it does not know our key");
  }

  @Test
  void a_store_that_nobody_configured_is_an_outage() {
    ObjectLocation elsewhere = new ObjectLocation("elsewhere", "b", "k");

    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> store.head(elsewhere))
        .withMessageContaining("elsewhere");
    assertThat(store.complete(elsewhere, "u", PARTS)).isInstanceOf(CompleteOutcome.Unknown.class);
  }

  @Test
  void what_a_store_says_is_repeated_without_urls_and_at_no_length() {
    String chatty =
        "see http://s3/run?X-Amz-Signature=0badc0de&uploadId=u for more " + "blah ".repeat(1_000);
    server.says(
        answer(
            403,
            "<Error><Code>AccessDenied</Code><Message>%s</Message></Error>"
                .formatted(chatty.replace("&", "&amp;"))));

    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> store.listParts(LOCATION, "u"))
        .satisfies(outage ->
            assertThat(outage.what())
                .hasSizeLessThanOrEqualTo(250)
                .contains("http://s3/run for more")
                .doesNotContain("0badc0de"));
    assertThatExceptionOfType(Outage.class)
        .isThrownBy(() -> store.abort(LOCATION, "u"))
        .satisfies(outage ->
            assertThat(Throwables.getStackTrace(outage))
                .contains("AccessDenied")
                .doesNotContain("0badc0de")
                .doesNotContain("PLANTED"));
  }

  private CompleteOutcome completeWhen(Line line) {
    server.says(line);
    return store.complete(LOCATION, "u", PARTS);
  }

  private CreateOutcome createWhen(Line line) {
    server.says(line);
    return store.createUploads(List.of(new NewUpload(LOCATION, "video/mp4"))).getFirst();
  }
}
