package io.waybill.agent.recording;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A ROS 2 bag says when it begins and ends, in its index over the times of its messages. */
@Timeout(120)
class Db3TimesTest {

  /** 291 messages, 100 ms apart and not in order, in pages of 512 bytes; made by SQLite itself. */
  private static final String BAG = "ros2.db3";

  private static final TimeRange RANGE =
      new TimeRange(
          Instant.ofEpochSecond(1_767_225_600L, 5), Instant.ofEpochSecond(1_767_225_629L, 5));

  @TempDir private Path folder;
  private byte[] bag = {};

  @BeforeEach
  void bag() throws IOException {
    folder = folder.toRealPath();
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(BAG))) {
      bag = in.readAllBytes();
    }
  }

  private Path file(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  @Test
  void a_bag_of_ros_2_says_it_in_its_index() throws IOException {
    assertThat(new Recordings().timesOf(file("run.db3", bag))).contains(RANGE);
  }

  @Test
  void while_it_is_written_the_file_itself_is_not_all_of_it() throws IOException {
    Path listed = file("run.db3", bag);
    Path beside = file("run.db3-wal", new byte[] {1});
    assertThat(new Recordings().timesOf(listed)).isEmpty();
    Files.write(beside, new byte[0]);
    assertThat(new Recordings().timesOf(listed)).contains(RANGE);
    file("run.db3-journal", new byte[] {1});
    assertThat(new Recordings().timesOf(listed)).isEmpty();
  }

  @Test
  void what_is_not_whole_or_no_bag_says_nothing() throws IOException {
    byte[] cut = Arrays.copyOf(bag, bag.length - 512);
    assertThat(new Recordings().timesOf(file("cut.db3", cut))).isEmpty();
    assertThat(new Recordings().timesOf(file("empty.db3", new byte[0]))).isEmpty();
    assertThat(new Recordings().timesOf(file("other.db3", new byte[4096]))).isEmpty();
    byte[] unindexed =
        new String(bag, ISO_8859_1)
            .replace("ON messages (timestamp", "ON messages (topic_idx")
            .getBytes(ISO_8859_1);
    assertThat(new Recordings().timesOf(file("unindexed.db3", unindexed))).isEmpty();
  }

  /** A directory that is listed may hold anything. */
  @Test
  void damaged_ones_are_files_too() throws IOException {
    Random random = new Random(11);
    Path file = folder.resolve("some.db3");
    for (int n = 0; n < 500; n++) {
      byte[] damaged = bag.clone();
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        int at = random.nextInt(n % 2 == 0 ? 512 : damaged.length);
        damaged[at] = (byte) (random.nextBoolean() ? 0xff : random.nextInt());
      }
      ByteBuffer.wrap(damaged).put(24, damaged, 92, 4);
      assertThat(new Recordings().timesOf(Files.write(file, damaged))).isNotNull();
    }
  }
}
