package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.breakOff;
import static io.waybill.s3.ScriptedServer.error;
import static io.waybill.s3.ScriptedServer.hangUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.waybill.core.storage.ObjectLocation;
import io.waybill.core.storage.ObjectStore.CompleteOutcome;
import io.waybill.core.storage.StoredPart;
import io.waybill.s3.ScriptedServer.Line;
import io.waybill.s3.ScriptedServer.Seen;
import io.waybill.testkit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What real stores say to a completion on their bad days, and what is concluded from it. */
class S3CompletionTest {

  private static final ObjectLocation LOCATION =
      new ObjectLocation("local", "robot-data", "tenants/a/run.mcap");
  private static final List<StoredPart> PARTS =
      List.of(new StoredPart(1, "\"e\"", 5, Instant.EPOCH));
  private static final String RESULT =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <CompleteMultipartUploadResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">
        <Location>http://127.0.0.1/robot-data/tenants/a/run.mcap</Location>
        <Bucket>robot-data</Bucket><Key>tenants/a/run.mcap</Key><ETag>%s</ETag>
      </CompleteMultipartUploadResult>
      """;

  private final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.store();

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"abc-1\"", ""})
  void a_completion_is_done_whatever_its_etag(String etag) {
    assertThat(completeWhen(answer(200, RESULT.formatted(etag))))
        .isEqualTo(new CompleteOutcome.Done());
  }

  @ParameterizedTest
  @CsvSource({
    "400, InvalidPart",
    "400, InvalidPartOrder",
    "200, InvalidPart",
    "400, BadDigest",
    "200, BadDigest",
    "400, XAmzContentChecksumMismatch",
  })
  void a_completion_whose_parts_have_changed_says_so(int status, String code) {
    assertThat(completeWhen(error(status, code)))
        .isEqualTo(new CompleteOutcome.PartsChanged(code, "in words"));
  }

  @Test
  void a_completion_of_parts_too_small_says_so() {
    assertThat(completeWhen(error(400, "EntityTooSmall")))
        .isEqualTo(new CompleteOutcome.PartTooSmall("EntityTooSmall", "in words"));
  }

  @ParameterizedTest
  @CsvSource({
    "200, InternalError",
    "200, SlowDown",
    "400, SomethingNew",
    "404, NoSuchUpload",
    "409, ConditionalRequestConflict",
    "409, OperationAborted",
    "412, PreconditionFailed",
    "500, InternalError",
    "501, NotImplemented",
    "503, SlowDown",
  })
  void every_other_answer_to_a_completion_is_unknown(int status, String code) {
    assertThat(completeWhen(error(status, code)))
        .asInstanceOf(type(CompleteOutcome.Unknown.class))
        .extracting(CompleteOutcome.Unknown::what)
        .asString()
        .contains(code);
  }

  @Test
  void a_completion_without_a_proper_answer_is_unknown() {
    for (Line line :
        List.of(
            answer(200, ""),
            answer(200, "<CompleteMultipartUploadResult/>"),
            answer(200, "<CompleteMultipartUploadResult><ETag>"),
            answer(200, "<html><body>welcome</body></html>"),
            answer(204, ""),
            answer(400, ""),
            answer(403, "<html>go away</html>"),
            answer(502, "<html>bad gateway"),
            breakOff(RESULT.formatted("e").strip()),
            hangUp())) {
      assertThat(completeWhen(line)).isInstanceOf(CompleteOutcome.Unknown.class);
    }
  }

  @Test
  void a_completion_that_nobody_listens_to_is_unknown() throws IOException {
    try (S3ObjectStore nobody =
        ScriptedServer.store(
            URI.create("http://127.0.0.1:" + FreePort.any()), Duration.ofSeconds(20), false)) {
      assertThat(nobody.complete(LOCATION, "u", PARTS)).isInstanceOf(CompleteOutcome.Unknown.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, *", "false, null"})
  void a_completion_is_conditional_where_the_endpoint_allows_it(boolean allowed, String header) {
    server.says(answer(200, RESULT.formatted("e")));
    try (S3ObjectStore conditional =
        ScriptedServer.store(server.endpoint(), Duration.ofSeconds(20), allowed)) {
      conditional.complete(LOCATION, "u", PARTS);
    }

    assertThat(server.seen()).extracting(Seen::ifNoneMatch).containsExactly(header);
  }

  private CompleteOutcome completeWhen(Line line) {
    server.says(line);
    return store.complete(LOCATION, "u", PARTS);
  }
}
