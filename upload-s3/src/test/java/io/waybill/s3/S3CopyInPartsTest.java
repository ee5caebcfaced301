package io.waybill.s3;

import static io.waybill.s3.ScriptedServer.answer;
import static io.waybill.s3.ScriptedServer.error;
import static io.waybill.s3.ScriptedServer.hangUp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A copy of what is too large for one call: seven bytes, in parts of two. */
class S3CopyInPartsTest {

  private static final CopySource SOURCE = new CopySource(at("a/run.mcap"), null, "\"e\"", 7);
  private static final NewUpload TARGET = new NewUpload(at("b/run.mcap"), "video/mp4");

  enum Step {
    HEAD,
    CREATE,
    PART,
    COMPLETE,
    ABORT;

    static Step of(String method, String query) {
      return switch (method) {
        case "HEAD" -> HEAD;
        case "PUT" -> PART;
        case "DELETE" -> ABORT;
        default -> query.contains("uploadId") ? COMPLETE : CREATE;
      };
    }
  }

  private static final Map<Step, Line> WELL =
      new EnumMap<>(
          Map.of(
              Step.HEAD, S3CopyTest.source(),
              Step.CREATE, answer(200, "<R><UploadId>u</UploadId></R>"),
              Step.PART,
                  answer(200, "<R><ETag>\"p\"</ETag><ChecksumCRC32C>AAAAAA==</ChecksumCRC32C></R>"),
              Step.COMPLETE, answer(200, "<R><Key>k</Key></R>"),
              Step.ABORT, answer(204, "")));

  private final ScriptedServer server = new ScriptedServer();
  private final S3ObjectStore store = server.storeThatCopies(3, 2);

  @AfterEach
  void close() {
    store.close();
    server.close();
  }

  @Test
  void a_large_copy_is_made_of_ranges_that_have_every_byte_once() {
    server.says(play(Step.HEAD, S3CopyTest.source()));

    assertThat(store.copy(SOURCE, TARGET)).isEqualTo(new CopyOutcome.Copied());

    assertThat(seen(Step.PART))
        .extracting(seen -> seen.query() + " " + seen.header("x-amz-copy-source-range"))
        .containsExactlyInAnyOrder(
            "partNumber=1&uploadId=u bytes=0-1",
            "partNumber=2&uploadId=u bytes=2-3",
            "partNumber=3&uploadId=u bytes=4-5",
            "partNumber=4&uploadId=u bytes=6-6");
    assertThat(seen(Step.PART))
        .extracting(seen -> seen.header("x-amz-copy-source-if-match"))
        .containsOnly("\"e\"");
    assertThat(seen(Step.COMPLETE).getFirst().body())
        .containsSubsequence(
            "<PartNumber>1</PartNumber><ChecksumCRC32C>AAAAAA==</ChecksumCRC32C>",
            "<PartNumber>2</PartNumber>",
            "<PartNumber>3</PartNumber>",
            "<PartNumber>4</PartNumber>");
    assertThat(seen(Step.ABORT)).isEmpty();
  }

  @Test
  void four_parts_are_copied_at_once() {
    CyclicBarrier four = new CyclicBarrier(4);
    AtomicInteger now = new AtomicInteger();
    Queue<Integer> atOnce = new ConcurrentLinkedQueue<>();
    Line together =
        exchange -> {
          atOnce.add(now.incrementAndGet());
          try {
            four.await(60, TimeUnit.SECONDS);
          } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException(e);
          }
          now.decrementAndGet();
          Objects.requireNonNull(WELL.get(Step.PART)).play(exchange);
        };
    try (S3ObjectStore more = server.storeThatCopies(0, 1)) {
      CopySource eight = new CopySource(SOURCE.location(), null, SOURCE.etag(), 8);
      server.says(playAll(Map.of(Step.HEAD, S3CopyTest.source("\"e\"", 8), Step.PART, together)));

      assertThat(more.copy(eight, TARGET)).isEqualTo(new CopyOutcome.Copied());
    }
    assertThat(atOnce).hasSize(8).allMatch(count -> count <= 4);
  }

  @Test
  void it_is_guarded_as_an_upload_is() {
    server.says(play(Step.HEAD, S3CopyTest.source()));
    Protection held =
        new Protection(
            ChecksumMode.NONE, EncryptionMode.SSE_S3, null, ObjectLockMode.NONE, null, true);

    store.copy(SOURCE, new NewUpload(TARGET.location(), "video/mp4", held, null));

    Seen create = seen(Step.CREATE).getFirst();
    assertThat(create.header("content-type")).isEqualTo("video/mp4");
    assertThat(create.header("x-amz-server-side-encryption")).isEqualTo("AES256");
    assertThat(create.header("x-amz-object-lock-legal-hold")).isEqualTo("ON");
  }

  @Test
  void a_part_that_fails_ends_the_others_and_the_upload() {
    for (Line line :
        List.of(
            error(200, "InternalError"),
            error(503, "SlowDown"),
            error(404, "NoSuchKey"),
            answer(200, "<R/>"),
            hangUp())) {
      server.says(play(Step.PART, line));
      int aborted = seen(Step.ABORT).size();
      assertThatExceptionOfType(Outage.Storage.class)
          .isThrownBy(() -> store.copy(SOURCE, TARGET))
          .matches(outage -> !outage.isRefusal());
      // a part that was on its way may reach the store after the abort
      assertThat(seen(Step.ABORT)).hasSize(aborted + 1);
    }
    assertThat(seen(Step.COMPLETE)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"CREATE", "PART", "COMPLETE"})
  void what_stays_a_no_is_refused_and_leaves_nothing(Step step) {
    server.says(play(step, error(400, "InvalidRequest")));

    assertThat(store.copy(SOURCE, TARGET)).isInstanceOf(CopyOutcome.Refused.class);

    assertThat(seen(Step.ABORT)).hasSize(step == Step.CREATE ? 0 : 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Step.class,
      names = {"HEAD", "CREATE", "PART", "COMPLETE"})
  void who_refuses_us_may_let_us_in_later(Step step) {
    server.says(play(step, error(403, "AccessDenied")));

    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.copy(SOURCE, TARGET))
        .matches(Outage.Storage::isRefusal);
  }

  @ParameterizedTest
  @CsvSource({"200, InternalError", "500, InternalError", "404, NoSuchUpload", "200, ''"})
  void a_completion_of_which_nobody_knows_is_an_outage_and_left_alone(int status, String code) {
    server.says(play(Step.COMPLETE, code.isEmpty() ? answer(status, "<R/>") : error(status, code)));

    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.copy(SOURCE, TARGET))
        .matches(outage -> !outage.isRefusal());

    assertThat(seen(Step.ABORT)).isEmpty();
  }

  @Test
  void what_cannot_be_aborted_hides_nothing_of_why() {
    Line busy = error(503, "SlowDown");
    server.says(playAll(Map.of(Step.PART, busy, Step.ABORT, busy)));

    assertThatExceptionOfType(Outage.Storage.class)
        .isThrownBy(() -> store.copy(SOURCE, TARGET))
        .withMessageContaining("UploadPartCopy");
  }

  @Test
  void ten_thousand_parts_are_enough_for_any_size() {
    long tib = 1L << 40;

    assertThat(CopySizes.STANDARD.isWhole(5L << 30)).isTrue();
    assertThat(CopySizes.STANDARD.isWhole((5L << 30) + 1)).isFalse();
    assertThat(CopySizes.STANDARD.ranges((5L << 30) + 1)).hasSize(6);
    List<CopyRange> most = CopySizes.STANDARD.ranges(50 * tib - 1);
    assertThat(most).hasSizeLessThanOrEqualTo(10_000);
    assertThat(most.getLast().last()).isEqualTo(50 * tib - 2);
    assertThat(most.stream().mapToLong(CopyRange::sizeBytes).sum()).isEqualTo(50 * tib - 1);
  }

  /** One step is answered so, all others well. */
  private static Line play(Step spoilt, Line line) {
    return playAll(Map.of(spoilt, line));
  }

  private static Line playAll(Map<Step, Line> lines) {
    return exchange -> {
      Step step = Step.of(exchange.getRequestMethod(), "" + exchange.getRequestURI().getQuery());
      Line well = Objects.requireNonNull(WELL.get(step));
      lines.getOrDefault(step, well).play(exchange);
    };
  }

  private List<Seen> seen(Step step) {
    return server.seen().stream()
        .filter(seen -> Step.of(seen.method(), seen.query()) == step)
        .toList();
  }

  private static ObjectLocation at(String key) {
    return new ObjectLocation("local", "robot-data", key);
  }
}
