package io.waybill.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.config.Key;
import io.waybill.agent.config.Settings;
import io.waybill.agent.config.WatchEntry;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which uploads files that are whole at once become. */
class PendingTest {
  private static final long PART = 5 << 20;

  @TempDir Path data;

  @Test
  void ten_small_files_are_a_task_each_and_eleven_are_one() throws IOException {
    Pending pending = pending();
    for (int n = 0; n < 10; n++) {
      see(pending, "few/" + n, 1);
    }
    assertThat(whole(pending, 500)).hasSize(10).allSatisfy(b -> assertThat(b.files()).hasSize(1));

    for (int n = 0; n < 11; n++) {
      see(pending, "more/" + n, PART);
    }
    List<Batch> more = whole(pending, 500);
    assertThat(more).extracting(Batch::name).containsExactly("0 and 10 more");
    assertThat(more.getFirst().files()).hasSize(11);
    assertThat(pending.size()).isZero();
  }

  @Test
  void a_task_has_a_hundred_of_them_and_what_there_is_no_room_for_stays() throws IOException {
    Pending pending = pending();
    for (int n = 0; n < 210; n++) {
      see(pending, "" + n, 1);
    }

    assertThat(whole(pending, 201))
        .extracting(batch -> batch.files().size())
        .containsExactly(100, 100, 1);
    assertThat(whole(pending, 201)).hasSize(9);
  }

  @Test
  void large_files_and_those_of_other_folders_are_not_among_them() throws IOException {
    Pending pending = pending();
    for (int n = 0; n < 11; n++) {
      see(pending, "large/" + n, PART + 1);
      see(pending, "small" + n + "/same-name", 1);
    }

    assertThat(whole(pending, 500)).hasSize(22);
  }

  private Pending pending() {
    String watched = "{directory: %s, settle: rename, group: file}".formatted(data);
    WatchEntry entry = Settings.ofEnvironment(Map.of(Key.WATCH.env(), watched)).watch().getFirst();
    return new Pending(entry, new MarkerNames(entry));
  }

  private static List<Batch> whole(Pending pending, int room) {
    return pending.whole(1, room, file -> false);
  }

  private void see(Pending pending, String name, long bytes) throws IOException {
    Path file = data.resolve(name);
    Files.createDirectories(file.getParent());
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
    if (Seen.at(file) instanceof Seen.File seen) {
      assertThat(pending.seen(file, seen.stamp(), 0)).isTrue();
    }
  }
}
