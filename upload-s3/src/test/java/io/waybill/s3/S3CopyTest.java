package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.error;
import static io.waybill.s3.ScriptedServer.hangUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.waybill.core.Outage;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.FinishedObjects.CopyOutcome;
import io.waybill.core.storage.FinishedObjects.CopySource;
import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.ObjectStore.NewUpload;
import io.waybill.core.storage.Protection;
import io.waybill.s3.ScriptedServer.Line;
import io.waybill.s3.ScriptedServer.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said to a store that copies by itself, and what its answers mean. */
class S3CopyTest {

  private static final int SIZE = 7;
  private static final CopySource SOURCE =
      new CopySource(at("a/run 1+ü.mcap"), "v+1", "\"e\"", SIZE);
  private static final NewUpload TARGET = new NewUpload(at("b/run.mcap"), "video/mp4");
  private static final Line DONE =
      answer(200, "<CopyObjectResult><ETag>\"c\"</ETag></CopyObjectResult>");

  private final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.store();

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void a_copy_names_its_source_and_says_nothing_of_the_source_s_own() {
    server.says(source(), DONE);

    assertThat(store.copy(SOURCE, TARGET)).isEqualTo(new CopyOutcome.Copied());

    assertThat(server.seen()).extracting(Seen::method).containsExactly("HEAD", "PUT");
    assertThat(server.seen().getFirst().query()).isEqualTo("versionId=v+1");
    Seen copy = server.seen().getLast();
    assertThat(copy.path()).isEqualTo("/robot-data/b/run.mcap");
    assertThat(copy.header("x-amz-copy-source"))
        .isEqualTo("robot-data/a/run%201%2B%C3%BC.mcap?versionId=v%2B1");
    assertThat(copy.header("x-amz-copy-source-if-match")).isEqualTo("\"e\"");
    assertThat(copy.header("x-amz-metadata-directive")).isEqualTo("REPLACE");
    assertThat(copy.header("content-type")).isEqualTo("video/mp4");
    assertThat(copy.header("content-length")).isEqualTo("0");
  }

  @Test
  void a_copy_is_guarded_as_an_upload_is() {
    server.says(source(), DONE);
    Protection protection =
        new Protection(
            ChecksumMode.STORAGE_NATIVE_CRC32C,
            EncryptionMode.SSE_S3,
            null,
            ObjectLockMode.COMPLIANCE,
            1,
            true);

    store.copy(
        SOURCE,
        new NewUpload(
            TARGET.location(), "video/mp4", protection, Instant.parse("2027-01-01T00:00:00Z")));

    Seen copy = server.seen().getLast();
    assertThat(copy.header("x-amz-checksum-algorithm")).isEqualTo("CRC32C");
    assertThat(copy.header("x-amz-server-side-encryption")).isEqualTo("AES256");
    assertThat(copy.header("x-amz-object-lock-mode")).isEqualTo("COMPLIANCE");
    assertThat(copy.header("x-amz-object-lock-retain-until-date"))
        .isEqualTo("2027-01-01T00:00:00Z");
    assertThat(copy.header("x-amz-object-lock-legal-hold")).isEqualTo("ON");
  }

  @Test
  void a_source_that_is_gone_or_is_another_is_not_asked_for() {
    for (Line line :
        List.of(answer(404, ""), answer(405, ""), source("\"f\"", SIZE), source("\"e\"", 8))) {
      server.says(line);
      assertThat(store.copy(SOURCE, TARGET)).isInstanceOf(CopyOutcome.Refused.class);
    }
    assertThat(server.seen()).extracting(Seen::method).containsOnly("HEAD");
  }

  @ParameterizedTest
  @CsvSource({
    "412, PreconditionFailed",
    "404, NoSuchKey",
    "400, EntityTooLarge",
    "400, InvalidRequest",
    "403, InvalidObjectState",
    "501, NotImplemented",
    "400, KeyTooLongError",
    "200, PreconditionFailed"
  })
  void what_will_never_be_copied_is_refused(int status, String code) {
    server.says(source(), error(status, code));

    assertThat(store.copy(SOURCE, TARGET))
        .asInstanceOf(type(CopyOutcome.Refused.class))
        .extracting(CopyOutcome.Refused::storageCode)
        .isEqualTo(code);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AccessDenied", "NoSuchBucket", "InvalidAccessKeyId"})
  void who_refuses_us_may_let_us_in_later(String code) {
    for (Line head : List.of(answer(403, ""), source())) {
      server.says(head, error(403, code));
      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> store.copy(SOURCE, TARGET))
          .matches(Outage.Storage::isRefusal);
    }
  }

  @Test
  void a_success_that_is_none_and_no_clear_answer_are_outages() {
    for (Line line :
        List.of(
            error(200, "InternalError"),
            error(200, "SlowDown"),
            answer(200, ""),
            answer(200, "<html><body>welcome</body></html>"),
            error(503, "SlowDown"),
            error(500, "InternalError"),
            error(409, "OperationAborted"),
            answer(502, ""),
            hangUp())) {
      server.says(source(), line);
      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> store.copy(SOURCE, TARGET))
          .matches(outage -> !outage.isRefusal());
    }
  }

  @Test
  void a_copy_takes_its_time_whatever_phase_it_is_part_of() {
    server.says(source(), DONE);

    assertThat(store.within(Duration.ZERO).copy(SOURCE, TARGET))
        .isEqualTo(new CopyOutcome.Copied());
  }

  @Test
  void a_copy_that_never_ends_is_an_outage_in_time() {
    server.says(source(), server.silence());
    try (S3ObjectStore hurried = server.hurriedStore()) {
      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> hurried.copy(SOURCE, TARGET))
          .matches(outage -> !outage.isRefusal());
    }
  }

  static Line source() {
    return source("\"e\"", SIZE);
  }

  static Line source(String etag, int size) {
    return exchange -> {
      exchange.getResponseHeaders().set("ETag", etag);
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(size));
      exchange.sendResponseHeaders(200, -1);
    };
  }

  private static ObjectLocation at(String key) {
    return new ObjectLocation("local", "robot-data", key);
  }
}
