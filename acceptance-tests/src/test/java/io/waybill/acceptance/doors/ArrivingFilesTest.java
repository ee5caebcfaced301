package io.waybill.acceptance.doors;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.acceptance.site.Program;
import io.waybill.acceptance.site.Scale;
import io.waybill.acceptance.site.SharedSite;
import io.waybill.acceptance.site.Site;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Small files come faster than they can be uploaded: 5 000 a minute. */
@Timeout(3600)
@ExtendWith(SharedSite.class)
class ArrivingFilesTest {
  private static final int FILES = Scale.times(1_000);
  private static final long PAUSE = Duration.ofMinutes(1).toNanos() / 5_000;

  /** As many as are open at once: {@code limits.open_uploads}. */
  private static final int OPEN = 4;

  private final Site site;

  ArrivingFilesTest(Site site) {
    this.site = site;
  }

  @Test
  void each_of_five_thousand_a_minute_is_stored_once_and_few_are_open_at_once(@TempDir Path folder)
      throws IOException {
    Path arrivals = Files.createDirectories(folder.resolve("arrivals"));
    Program agent =
        site.agent(
            folder.resolve("state"),
            Map.of(
                "WAYBILL_AGENT_WATCH",
                "{directory: %s, settle: rename, priority: 5}".formatted(arrivals)),
            "run");
    long next = System.nanoTime();
    for (int n = 0; n < FILES; n++) {
      Path hidden = Files.writeString(arrivals.resolve("." + n), text(n));
      Files.move(hidden, arrivals.resolve("arrived-" + n + ".txt"));
      next += PAUSE;
      LockSupport.parkNanos(Math.max(0, next - System.nanoTime()));
    }
    Awaitility.await("all are stored")
        .atMost(Duration.ofMinutes(30))
        .failFast(() -> assertThat(agent.isAlive()).as("alive; %s", agent.output()).isTrue())
        .until(() -> {
          assertThat(count("distinct task_id", "<>")).as("open at once").isLessThanOrEqualTo(OPEN);
          return count("*", "=") == FILES;
        });

    assertThat(agent.stop()).as(agent.output()).isIn(0, 143);
    assertThat(count("*", "<>")).as("others").isZero();
    assertThat(stored())
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, FILES).mapToObj(ArrivingFilesTest::text).toList());
  }

  private static String text(int n) {
    return "arrived " + n + "\n";
  }

  /**
   * How many of these files, or of their tasks, are completed, {@code =}, or are not, {@code <>}.
   */
  private long count(String what, String comparison) {
    return site.database()
        .count(
            "select count(%s) from upload_objects where status %s 'COMPLETED' and object_name like 'arrived-%%.txt'"
                .formatted(what, comparison));
  }

  /** The bytes of every object that is one of these files. */
  private List<String> stored() throws IOException {
    try (Stream<Path> files = Files.walk(site.storeFolder())) {
      return files
          .filter(file -> file.toString().contains("arrived-"))
          .filter(Files::isRegularFile)
          .map(ArrivingFilesTest::read)
          .toList();
    }
  }

  private static String read(Path file) {
    try {
      return new String(Files.readAllBytes(file), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
