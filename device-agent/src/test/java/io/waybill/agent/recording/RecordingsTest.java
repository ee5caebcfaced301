package io.waybill.agent.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings say when they begin and end, in a few kilobytes, whatever else they are. */
class RecordingsTest {
  private static final Path SAMPLE = Path.of("../seeds/robot-run-42.mcap");
  private static final TimeRange RANGE =
      new TimeRange(
          Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:01:05.998Z"));
  private static final long SECONDS = 1_767_225_600L;

  @TempDir private Path folder;

  @BeforeEach
  void asItIs() throws IOException {
    folder = folder.toRealPath();
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void an_mcap_says_it_in_its_statistics() throws IOException {
    assertThat(new Recordings().timesOf(SAMPLE.toRealPath())).contains(RANGE);
  }

  /** Behind a summary that is too long to be read, for the list of its groups leads there. */
  @Test
  void an_mcap_of_a_terabyte_is_read_at_its_end_alone() throws IOException {
    byte[] magic = "\u0089MCAP0\r\n".getBytes(ISO_8859_1);
    long summary = 1L << 40;
    long statistics = summary + (8L << 20);
    byte[] counted =
        record(
            0x0B,
            numbers(42)
                .putShort((short) 0)
                .putInt(1)
                .putInt(0)
                .putInt(0)
                .putInt(1)
                .putLong(SECONDS * 1_000_000_000L)
                .putLong((SECONDS + 60) * 1_000_000_000L)
                .putInt(0));
    long offsets = statistics + counted.length;
    byte[] group =
        record(
            0x0E,
            numbers(17).position(0).put((byte) 0x0B).putLong(statistics).putLong(counted.length));
    byte[] footer =
        record(0x02, numbers(20).position(0).putLong(summary).putLong(offsets).putInt(0));
    Path file = folder.resolve("huge.mcap");
    try (FileChannel sparse =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      sparse.write(ByteBuffer.wrap(magic), 0);
      long at = statistics;
      for (byte[] each : new byte[][] {counted, group, footer, magic}) {
        sparse.write(ByteBuffer.wrap(each), at);
        at += each.length;
      }
    }

    assertThat(new Recordings().timesOf(file))
        .contains(
            new TimeRange(Instant.ofEpochSecond(SECONDS), Instant.ofEpochSecond(SECONDS + 60)));
  }

  private static ByteBuffer numbers(long first) {
    return ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(first);
  }

  private static byte[] record(int opcode, ByteBuffer body) {
    ByteBuffer record =
        ByteBuffer.allocate(9 + body.position())
            .order(ByteOrder.LITTLE_ENDIAN)
            .put((byte) opcode)
            .putLong(body.position());
    return record.put(body.flip()).array();
  }

  @Test
  void a_bag_says_it_of_its_chunks() throws IOException {
    assertThat(new Recordings().timesOf(file("run.bag", bag(3))))
        .contains(
            new TimeRange(
                Instant.ofEpochSecond(SECONDS, 5), Instant.ofEpochSecond(SECONDS + 29, 7)));
  }

  private static byte[] bag(int chunks) {
    byte[] magic = "#ROSBAG V2.0\n".getBytes(ISO_8859_1);
    ByteArrayOutputStream bag = new ByteArrayOutputStream();
    bag.writeBytes(magic);
    int header = part(field("op", 3, 1), field("index_pos", 0, 8)).length;
    bag.writeBytes(part(field("op", 3, 1), field("index_pos", magic.length + header, 8)));
    bag.writeBytes(part(field("op", 7, 1), field("conn", 0, 4)));
    for (int chunk = 0; chunk < chunks; chunk++) {
      long from = SECONDS + chunk * 10L | 5L << 32;
      long until = SECONDS + chunk * 10L + 9 | 7L << 32;
      bag.writeBytes(
          part(field("op", 6, 1), field("start_time", from, 8), field("end_time", until, 8)));
    }
    return bag.toByteArray();
  }

  private static byte[] field(String name, long value, int length) {
    byte[] text = (name + "=").getBytes(ISO_8859_1);
    byte[] number = numbers(value).array();
    return ByteBuffer.allocate(4 + text.length + length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(text.length + length)
        .put(text)
        .put(number, 0, length)
        .array();
  }

  private static byte[] part(byte[]... fields) {
    int length = Arrays.stream(fields).mapToInt(field -> field.length).sum();
    ByteBuffer part =
        ByteBuffer.allocate(4 + length + 4 + 3).order(ByteOrder.LITTLE_ENDIAN).putInt(length);
    Arrays.stream(fields).forEach(part::put);
    return part.putInt(3).array();
  }

  @Test
  void what_is_not_whole_says_nothing() throws IOException {
    byte[] whole = Files.readAllBytes(SAMPLE);
    byte[] bag = bag(2);
    assertThat(new Recordings().timesOf(file("cut.mcap", Arrays.copyOf(whole, whole.length - 1))))
        .isEmpty();
    assertThat(new Recordings().timesOf(file("cut.bag", Arrays.copyOf(bag, bag.length - 1))))
        .isEmpty();
    assertThat(new Recordings().timesOf(file("empty.mcap", new byte[0]))).isEmpty();
    assertThat(new Recordings().timesOf(file("empty.bag", new byte[0]))).isEmpty();
    assertThat(new Recordings().timesOf(file("named-otherwise.bin", whole))).isEmpty();
    assertThat(new Recordings().timesOf(folder.resolve("gone.mcap"))).isEmpty();
    assertThat(
            new Recordings()
                .timesOf(
                    Files.createSymbolicLink(
                        folder.resolve("link.mcap"),
                        Files.copy(SAMPLE, folder.resolve("target.mcap")))))
        .isEmpty();
  }

  /** A directory that is listed may hold anything. */
  @Test
  void damaged_ones_are_files_too() throws IOException {
    Random random = new Random(11);
    byte[] sample = Files.readAllBytes(SAMPLE);
    for (String name : new String[] {"some.mcap", "some.bag"}) {
      byte[] bytes =
          name.endsWith("bag")
              ? bag(20)
              : Arrays.copyOfRange(sample, sample.length - 4000, sample.length);
      if (name.endsWith("mcap")) {
        System.arraycopy(sample, 0, bytes, 0, 8);
      }
      for (int n = 0; n < 3000; n++) {
        byte[] damaged = bytes.clone();
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
          int at =
              n % 2 == 0
                  ? Math.max(0, damaged.length - 1 - random.nextInt(60))
                  : random.nextInt(damaged.length);
          damaged[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
        }
        assertThat(new Recordings().timesOf(file(name, damaged))).isNotNull();
      }
    }
  }

  @Test
  void an_index_that_is_too_long_is_not_read_to_its_end() throws IOException {
    Path costly = file("long.bag", bag(60_000));
    assertThat(Files.size(costly)).isGreaterThan(2 << 20);
    assertThat(new Recordings().timesOf(costly)).isEmpty();
  }

  @Test
  void of_all_files_of_a_list_together_not_too_much_is_read() throws IOException {
    Path mine = file("mine.bag", bag(20));
    Path costly = file("long.bag", bag(60_000));
    Recordings recordings = new Recordings();
    assertThat(recordings.timesOf(mine)).isPresent();
    for (int n = 0; n < 16; n++) {
      assertThat(recordings.timesOf(costly)).isEmpty();
    }
    assertThat(recordings.timesOf(mine)).isEmpty();
  }

  @Test
  void what_lies_elsewhere_by_now_is_not_read() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("root/run"));
    Path listed = Files.copy(SAMPLE, inside.resolve("run.mcap"));
    assertThat(new Recordings().timesOf(listed)).contains(RANGE);
    Path outside = Files.move(inside, folder.resolve("outside"));
    Files.createSymbolicLink(inside, outside);
    assertThat(listed).exists();
    assertThat(new Recordings().timesOf(listed)).isEmpty();
  }

  @Test
  void what_is_led_elsewhere_while_it_is_opened_is_not_read() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("root/run"));
    Path listed = Files.copy(SAMPLE, inside.resolve("run.mcap"));
    Recordings recordings =
        new Recordings(file -> {
          Path outside = Files.move(inside, folder.resolve("outside"));
          Files.createSymbolicLink(inside, outside);
          return FileChannel.open(file, StandardOpenOption.READ);
        });
    assertThat(recordings.timesOf(listed)).isEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void a_fifo_that_was_a_file_is_not_opened() throws Exception {
    Path listed = Files.copy(SAMPLE, folder.resolve("run.mcap"));
    becomesFifo(listed);
    assertThat(new Recordings().timesOf(listed)).isEmpty();
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void one_that_becomes_a_fifo_while_it_is_opened_holds_nobody_back() throws Exception {
    Path first = Files.copy(SAMPLE, folder.resolve("1.mcap"));
    Path second = Files.copy(SAMPLE, folder.resolve("2.mcap"));
    Recordings recordings =
        new Recordings(file -> {
          if (file.equals(second)) {
            becomesFifo(file);
          }
          return FileChannel.open(file, StandardOpenOption.READ);
        });
    try {
      assertThat(recordings.timesOf(List.of(first, second), Duration.ofSeconds(5)))
          .isEqualTo(Map.of(first, RANGE));
    } finally {
      FileChannel.open(second, StandardOpenOption.WRITE).close(); // lets its reader go
    }
  }

  private static void becomesFifo(Path file) throws IOException {
    Files.delete(file);
    try {
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
