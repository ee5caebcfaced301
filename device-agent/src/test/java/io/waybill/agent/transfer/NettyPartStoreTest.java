package io.waybill.agent.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.LoopbackStore;
import io.waybill.agent.testing.LoopbackStore.Fate;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
            new PartPut(store.url("s", part, "x"), Map.of(), file, offset, length),
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
  void nobody_listening_is_unknown() throws Exception {
    store.close();

    assertThat(put(1, 0, 1_000)).isInstanceOf(PutOutcome.Unknown.class);
  }

  @Test
  void a_file_that_got_shorter_is_told_as_such() throws Exception {
    assertThat(put(1, SIZE - 10, 1_000)).isInstanceOf(PutOutcome.Unreadable.class);
  }

  @Test
  void a_url_is_never_written_out_with_its_signature() {
    PartPut part = new PartPut(store.url("s", 1, "secret"), Map.of(), file, 0, 1);

    assertThat(part.toString()).doesNotContain("secret");
  }
}
