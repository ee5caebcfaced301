package io.waybill.agent.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.LoopbackStore.Fate;
import io.waybill.agent.testing.ServerCertificate;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NettyPartStoreTest {

  private static final int SIZE = 3_000_001;

  @TempDir Path directory;
  private final byte[] bytes = new byte[SIZE];
  private final AtomicLong moved = new AtomicLong();
  private final LoopbackStore store = new LoopbackStore();
  private final NettyPartStore parts = new NettyPartStore(0, Duration.ofMillis(500), null);
  private FileChannel file;

  @BeforeEach
  void aFile() throws IOException {
    new Random(17).nextBytes(bytes);
    Path path = directory.resolve("recording.mcap");
    Files.write(path, bytes);
    file = FileChannel.open(path);
  }

  @AfterEach
  void close() throws IOException {
    parts.close();
    store.close();
    file.close();
  }

  private PutOutcome put(int part, long offset, long length) throws Exception {
    return parts
        .put(
            new PartPut(store.url("s", part, "x"), Map.of(), file, offset, length, crc -> true),
            moved::addAndGet)
        .get(20, TimeUnit.SECONDS);
  }

  @Test
  void a_slice_arrives_byte_for_byte_with_its_exact_length() throws Exception {
    PutOutcome outcome = put(1, 1_000, SIZE - 1_000);

    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    assertThat(store.object("s")).isEqualTo(Arrays.copyOfRange(bytes, 1_000, SIZE));
    assertThat(moved).hasValue(SIZE - 1_000);
  }

  @Test
  void parts_one_after_the_other_share_a_connection() throws Exception {
    for (int part = 1; part <= 5; part++) {
      assertThat(put(part, 0, 100_000)).isInstanceOf(PutOutcome.Stored.class);
    }
    assertThat(store.connections()).isEqualTo(1);
  }

  @Test
  void an_answer_of_the_store_is_told_with_its_code_and_wish() throws Exception {
    store.script(
        (session, part, attempt) -> new Fate.Answer(503, "SlowDown", "Retry-After: 7\r\n"));

    assertThat(put(1, 0, SIZE)).isEqualTo(new PutOutcome.Answered(503, "SlowDown", 7L));
  }

  @Test
  void an_answer_in_mid_body_is_heard_or_the_outcome_is_unknown() throws Exception {
    store.script((session, part, attempt) -> new Fate.AnswerEarly(403, "AccessDenied"));

    PutOutcome outcome = put(1, 0, SIZE);

    assertThat(outcome)
        .satisfiesAnyOf(
            o -> assertThat(o).isEqualTo(new PutOutcome.Answered(403, "AccessDenied", null)),
            o -> assertThat(o).isInstanceOf(PutOutcome.Unknown.class));
  }

  @Test
  void a_reset_is_unknown_and_the_next_part_gets_a_new_connection() throws Exception {
    store.script((s, part, attempt) -> attempt == 1 ? new Fate.ResetMidBody() : Fate.TAKE);

    assertThat(put(1, 0, SIZE)).isInstanceOf(PutOutcome.Unknown.class);
    assertThat(put(1, 0, SIZE)).isInstanceOf(PutOutcome.Stored.class);
  }

  @Test
  void silence_of_the_store_ends_as_unknown() throws Exception {
    store.script((session, part, attempt) -> new Fate.Silence());

    assertThat(put(1, 0, 1_000)).isInstanceOf(PutOutcome.Unknown.class);
  }

  @Test
  void nobody_listening_is_told_with_the_address_and_leaves_the_url_unused() throws Exception {
    store.close();

    assertThat(put(1, 0, 1_000))
        .isInstanceOfSatisfying(
            PutOutcome.Unreached.class,
            unreached -> assertThat(unreached.reason()).contains("no connection", "127.0.0.1:"));
  }

  @Test
  void a_certificate_that_is_not_trusted_is_seen_at_once_and_said_in_words() throws Exception {
    try (LoopbackStore tls = new LoopbackStore(ServerCertificate.untrustedSocket(directory))) {
      URI url = URI.create(tls.url("s", 1, "x").toString().replace("http:", "https:"));

      PutOutcome outcome =
          parts
              .put(new PartPut(url, Map.of(), file, 0, 1_000, crc -> true), moved::addAndGet)
              .get(20, TimeUnit.SECONDS);

      assertThat(outcome)
          .isInstanceOfSatisfying(
              PutOutcome.Unreached.class,
              unreached ->
                  assertThat(unreached.reason())
                      .contains("certificate", "127.0.0.1:", "not trusted", "WAYBILL_CA_FILE"));
      assertThat(tls.requests()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          302, Location: http://portal.example/login, redirect
          200, Content-Type: text/html,               web page
          200, X-Some: thing,                         without an ETag
          403, Content-Type: text/html; charset=utf-8, web page
          404, Content-Type: text/html,               web page
          """)
  void whoever_answers_in_the_stores_place_is_named_and_has_taken_nothing(
      int status, String header, String words) throws Exception {
    store.script((session, part, attempt) -> new Fate.Answer(status, "", header + "\r\n"));

    assertThat(put(1, 0, 1_000))
        .isInstanceOfSatisfying(
            PutOutcome.NotTheStore.class,
            other -> assertThat(other.reason()).contains("in place of the store", words));
  }

  @Test
  void a_web_page_with_an_etag_is_no_stored_part() throws Exception {
    store.script((session, part, attempt) ->
        new Fate.Answer(200, "", "ETag: \"page\"\r\nContent-Type: text/html\r\n"));

    assertThat(put(1, 0, 1_000)).isInstanceOf(PutOutcome.NotTheStore.class);
  }

  @Test
  void the_sum_of_what_is_sent_is_told_before_the_last_piece_leaves() throws Exception {
    AtomicInteger told = new AtomicInteger();
    PutOutcome outcome =
        parts
            .put(
                new PartPut(
                    store.url("s", 1, "x"),
                    Map.of(),
                    file,
                    5,
                    SIZE - 5,
                    crc -> {
                      told.set(crc);
                      assertThat(moved.get()).isLessThan(SIZE - 5);
                      return true;
                    }),
                moved::addAndGet)
            .get(20, TimeUnit.SECONDS);

    assertThat(outcome).isInstanceOf(PutOutcome.Stored.class);
    CRC32C sum = new CRC32C();
    sum.update(bytes, 5, SIZE - 5);
    assertThat(told).hasValue((int) sum.getValue());
  }

  @Test
  void a_part_that_may_not_end_is_taken_by_no_store() throws Exception {
    PutOutcome outcome =
        parts
            .put(
                new PartPut(store.url("s", 1, "x"), Map.of(), file, 0, SIZE, crc -> false),
                moved::addAndGet)
            .get(20, TimeUnit.SECONDS);

    assertThat(outcome).isInstanceOf(PutOutcome.OtherBytes.class);
    assertThat(store.parts("s")).isEmpty();
  }

  @Test
  void a_file_that_got_shorter_is_told_as_such() throws Exception {
    assertThat(put(1, SIZE - 10, 1_000)).isInstanceOf(PutOutcome.Unreadable.class);
  }

  @Test
  void a_url_is_never_written_out_with_its_signature() {
    PartPut part = new PartPut(store.url("s", 1, "secret"), Map.of(), file, 0, 1, crc -> true);

    assertThat(part.toString()).doesNotContain("secret");
  }
}
