package io.waybill.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.config.WatchEntry;
import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is new in a directory, and whole; time is in the test's hand. */
@Timeout(60)
class WatcherTest {

  private static final long RESCAN = TimeUnit.MINUTES.toNanos(5);

  @TempDir Path temporary;
  private final List<String> said = new ArrayList<>();
  private Path data;
  private long now = 1;
  private @Nullable Watcher opened;

  @BeforeEach
  void aDirectory() throws IOException {
    data = Files.createDirectories(temporary.resolve("data"));
  }

  @AfterEach
  void close() throws IOException {
    watcher().close();
  }

  private Watcher watcher() {
    return Objects.requireNonNull(opened);
  }

  private void watch(String more) throws IOException {
    List<WatchEntry> entries =
        Settings.ofEnvironment(Map.of(Key.WATCH.env(), "{directory: " + data + more + "}")).watch();
    opened =
        Watcher.open(entries, temporary.resolve("state"), Duration.ofMinutes(5), said::add, now);
  }

  private Path file(String name) throws IOException {
    Path file = LocalPath.of(data + "/" + name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "bytes of " + file.getFileName());
  }

  private List<Batch> poll() {
    return watcher().poll(now, entry -> 100, path -> false);
  }

  /** Everything is read again, and has had time to settle. */
  private List<Batch> later() {
    now += RESCAN;
    List<Batch> found = new ArrayList<>(poll());
    now += RESCAN - 1;
    found.addAll(poll());
    return found;
  }

  private List<String> names(List<Batch> batches) {
    return batches.stream()
        .flatMap(batch -> batch.files().stream())
        .map(found -> LocalPath.text(found.path()).substring(data.toString().length() + 1))
        .sorted()
        .toList();
  }

  private void take(List<Batch> batches) throws IOException {
    for (Batch batch : batches) {
      watcher().taken(batch.entry(), batch.files());
    }
  }

  @Test
  void a_file_is_whole_when_it_has_not_changed_for_long_enough() throws IOException {
    Path file = file("run.mcap");
    watch(", settle_for: 10s");

    assertThat(poll()).isEmpty();
    now += TimeUnit.SECONDS.toNanos(9);
    Files.writeString(file, "more bytes of it");
    assertThat(poll()).isEmpty();
    now += TimeUnit.SECONDS.toNanos(2);
    assertThat(poll()).as("it changed a moment ago").isEmpty();
    now += TimeUnit.SECONDS.toNanos(10);

    List<Batch> whole = poll();
    assertThat(names(whole)).containsExactly("run.mcap");
    assertThat(whole.getFirst().files().getFirst().stamp().sizeBytes()).isEqualTo(16);
  }

  @Test
  void what_was_taken_is_not_found_again_not_even_after_a_restart() throws IOException {
    file("run.mcap");
    watch("");
    poll();
    take(later());

    assertThat(later()).isEmpty();
    watcher().close();
    watch("");
    assertThat(poll()).isEmpty();
    assertThat(later()).isEmpty();
    file("run.mcap");
    Files.writeString(data.resolve("run.mcap"), "another recording under the same name");
    assertThat(names(later())).containsExactly("run.mcap");
  }

  @Test
  void what_nobody_took_is_found_again() throws IOException {
    file("run.mcap");
    watch("");
    poll();

    assertThat(later()).hasSize(1);
    assertThat(later()).hasSize(1);
  }

  @Test
  void events_tell_of_a_file_long_before_the_next_reading() throws Exception {
    watch(", settle: rename");
    poll();
    file("run.mcap");
    file("new folder/run.mcap");

    List<Batch> found = new ArrayList<>();
    while (names(found).stream().distinct().count() < 2) {
      found.addAll(poll());
      Thread.onSpinWait();
    }
    assertThat(names(found)).contains("new folder/run.mcap", "run.mcap");
  }

  @Test
  void hidden_excluded_and_empty_files_are_left_and_so_is_what_is_no_file() throws Exception {
    file("a/run.mcap");
    file("a/.run.mcap.Xy12");
    file("a/notes.txt");
    file("calibration/run.mcap");
    Files.createFile(data.resolve("empty.mcap"));
    Files.createSymbolicLink(data.resolve("link.mcap"), data.resolve("a/run.mcap"));
    Files.createSymbolicLink(data.resolve("round.mcap"), data);
    assertThat(new ProcessBuilder("mkfifo", data.resolve("fifo.mcap").toString()).start().waitFor())
        .isZero();
    watch(", include: '*.mcap', exclude: [calibration/**]");
    poll();

    assertThat(names(later())).containsExactly("a/run.mcap");
    assertThat(said).isEmpty();
  }

  @Test
  void names_are_bytes() throws IOException {
    file("lidar\udcff \n\ud83d\ude97.mcap");
    watch(", include: '*.mcap'");
    poll();
    List<Batch> found = later();
    take(found);

    assertThat(names(found)).containsExactly("lidar\udcff \n\ud83d\ude97.mcap");
    assertThat(later()).isEmpty();
  }

  @Test
  void a_marker_says_that_a_file_is_whole() throws IOException {
    file("run.mcap");
    file("other.mcap");
    Files.createFile(data.resolve("run.mcap.done"));
    watch(", settle: marker");

    assertThat(names(poll())).containsExactly("run.mcap");
    Files.createFile(data.resolve(".done"));
    assertThat(names(later())).contains("other.mcap");
  }

  @Test
  void the_files_of_a_directory_become_one_upload_when_all_of_it_is_whole() throws IOException {
    file("run-1/a.mcap");
    file("run-1/b.mcap");
    Path growing = file("run-2/a.mcap");
    file("run-2/b.mcap");
    watch(", group: directory");
    poll();
    now += RESCAN / 2;
    Files.writeString(growing, "it grows still, and so the others wait");

    List<Batch> whole = poll();
    assertThat(whole).extracting(Batch::name).containsExactly("run-1");
    assertThat(names(whole)).containsExactly("run-1/a.mcap", "run-1/b.mcap");
    take(whole);
    assertThat(names(later())).containsExactly("run-2/a.mcap", "run-2/b.mcap");
  }

  @Test
  void a_marker_names_a_group() throws IOException {
    for (String name : List.of("run.mcap", "run_front.mp4", "run2.mcap", "walk.mcap", "run.done")) {
      file(name);
    }
    watch(", group: marker");

    List<Batch> whole = poll();

    assertThat(whole).extracting(Batch::name).containsExactly("run");
    assertThat(names(whole)).containsExactly("run.mcap", "run_front.mp4");
  }

  @Test
  void a_task_takes_a_hundred_files() throws IOException {
    for (int n = 0; n < 101; n++) {
      file("run/" + n);
    }
    watch(", group: directory, settle: rename");

    assertThat(poll()).extracting(Batch::name).containsExactlyInAnyOrder("run", "run (2)");
  }

  @Test
  void a_directory_that_is_gone_is_said_once_and_found_when_it_is_back() throws IOException {
    Files.delete(data);
    watch(", settle: rename");
    poll();
    now += TimeUnit.SECONDS.toNanos(6);
    poll();

    assertThat(said).containsExactly(data + " cannot be read: it is not there");
    file("run.mcap");
    now += TimeUnit.SECONDS.toNanos(6);
    assertThat(names(poll())).containsExactly("run.mcap");
  }

  @Test
  void what_there_is_no_room_for_waits_as_a_file() throws IOException {
    for (int n = 0; n < Pending.MOST + 10; n++) {
      file("" + n);
    }
    watch(", settle: rename");
    List<Batch> some = watcher().poll(now, entry -> 7, path -> false);
    assertThat(some).hasSize(7);
    take(some);
    int found = 7;
    for (int round = 0; round < 10 && found < Pending.MOST + 10; round++) {
      now += TimeUnit.SECONDS.toNanos(3);
      List<Batch> more = watcher().poll(now, entry -> 1_000, path -> false);
      take(more);
      found += names(more).size();
    }
    assertThat(found).isEqualTo(Pending.MOST + 10);
  }

  @Test
  void a_file_that_is_being_uploaded_waits_with_its_next_state() throws IOException {
    file("run.mcap");
    watch(", settle: rename");

    assertThat(watcher().poll(now, entry -> 100, path -> true)).isEmpty();
    assertThat(names(poll())).containsExactly("run.mcap");
  }

  @Test
  void the_bytes_of_a_directory_are_known() throws IOException {
    Path file = file("run.mcap");
    watch("");
    poll();

    assertThat(watcher().reading(entry()).bytes()).isEqualTo(Files.size(file));
  }

  private WatchEntry entry() {
    return Settings.ofEnvironment(Map.of(Key.WATCH.env(), "{directory: " + data + "}"))
        .watch()
        .getFirst();
  }
}
