package io.waybill.agent.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {

  @TempDir Path directory;
  private final List<String> reasons = new ArrayList<>();
  private Spool spool;

  @BeforeEach
  void open() throws IOException {
    spool = Spool.open(directory, (file, reason) -> reasons.add(reason));
  }

  @Test
  void what_was_saved_is_read_back() throws IOException {
    Manifest manifest = CrashingWriter.manifest("a", 3);

    spool.save(manifest);

    assertThat(spool.read("a")).contains(manifest);
    assertThat(spool.unfinished()).containsExactly(manifest);
  }

  @Test
  void a_manifest_torn_at_any_byte_is_set_aside_with_its_reason_and_the_others_live()
      throws IOException {
    spool.save(CrashingWriter.manifest("whole", 2));
    byte[] bytes = Files.readAllBytes(spool.pathOf("whole"));
    int torn = 0;
    for (int length = 0; length < bytes.length; length += 7) {
      Files.write(spool.pathOf("torn"), Arrays.copyOf(bytes, length));
      assertThat(spool.all()).hasSize(1);
      torn++;
    }
    assertThat(reasons).hasSize(torn).doesNotContain("");
    assertThat(asideFiles()).hasSize(2 * torn);
  }

  @Test
  void foreign_files_are_set_aside_and_never_overwritten() throws IOException {
    String foreign = "{\"format\": \"somebody-else\", \"version\": 1}";
    Files.writeString(spool.pathOf("x"), foreign);
    spool.all();
    Files.writeString(spool.pathOf("x"), "[1, 2]");
    spool.all();
    Files.writeString(spool.pathOf("x"), "null");

    assertThat(spool.all()).isEmpty();
    assertThat(reasons).hasSize(3);
    assertThat(directory.resolve("set-aside/x.json")).hasContent(foreign);
  }

  @Test
  void a_manifest_with_a_hole_or_a_wrong_id_is_set_aside_and_not_believed() throws IOException {
    spool.save(CrashingWriter.manifest("a", 2));
    String whole = Files.readString(spool.pathOf("a"));
    List<String> holes =
        List.of(
            whole.replaceFirst("\"created_at\":\"[^\"]*\"", "\"created_at\":null"),
            whole.replaceFirst("\"path\":\"[^\"]*\"", "\"path\":null"),
            whole.replaceFirst("\"device_id\":\"[^\"]*\"", "\"device_id\":\"robot\""),
            whole.replaceFirst("\"part_count\":[0-9]+", "\"part_count\":2000000000"));

    for (String hole : holes) {
      assertThat(hole).isNotEqualTo(whole);
      Files.writeString(spool.pathOf("a"), hole);
      assertThat(spool.all()).isEmpty();
    }
    assertThat(reasons).hasSize(holes.size());
  }

  @Test
  void what_cannot_be_read_now_stays_and_stops_nobody() throws IOException {
    spool.save(CrashingWriter.manifest("a", 1));
    Files.createDirectory(spool.pathOf("folder"));

    assertThat(spool.all()).hasSize(1);
    assertThat(reasons).hasSize(1);
    assertThat(spool.pathOf("folder")).exists();
  }

  @Test
  void a_manifest_under_another_name_is_not_taken_for_that_upload() throws IOException {
    spool.save(CrashingWriter.manifest("a", 1));
    Files.copy(spool.pathOf("a"), spool.pathOf("b"));

    assertThat(spool.all()).hasSize(1);
    assertThat(reasons).containsExactly("it is the manifest of a");
  }

  @Test
  void nothing_secret_has_a_place_in_a_manifest() throws IOException {
    spool.save(CrashingWriter.manifest("a", 3));

    assertThat(Files.readString(spool.pathOf("a"))).doesNotContain("http", "Signature", "wbd_");
  }

  @Test
  void two_cannot_work_on_one_upload() throws IOException {
    try (SpoolLock first = spool.lock("a").orElseThrow()) {
      assertThat(first).isNotNull();
      assertThat(spool.lock("a")).isEmpty();
      assertThat(lockFromAnotherProcess("a")).isEqualTo(CrashingWriter.HELD);
    }
    assertThat(lockFromAnotherProcess("a")).isEqualTo(CrashingWriter.FREE);
  }

  @Test
  void old_finished_uploads_are_forgotten_and_unfinished_ones_are_not() throws IOException {
    for (int n = 0; n < 60; n++) {
      Manifest manifest = CrashingWriter.manifest("done-" + n, 1);
      spool.save(
          manifest.withFiles(
              manifest.files().stream().map(f -> f.ended(FileState.DONE, null)).toList()));
    }
    spool.save(CrashingWriter.manifest("open", 1));

    spool.forgetOldFinished();

    assertThat(spool.all()).hasSize(51);
    assertThat(spool.read("open")).isPresent();
  }

  @Test
  void a_hold_is_seen_by_everyone_until_it_is_released() throws IOException {
    spool.hold("a");
    assertThat(spool.held("a")).isTrue();
    spool.release("a");
    assertThat(spool.held("a")).isFalse();
  }

  /** The writer saves as fast as it can and is killed at a random moment, again and again. */
  @Test
  void a_writer_killed_at_any_moment_leaves_a_whole_manifest() throws Exception {
    int kills = 5 * Integer.parseInt(System.getenv().getOrDefault("WAYBILL_TEST_SCALE", "1"));
    int last = 0;
    for (int kill = 0; kill < kills; kill++) {
      Process writer = CrashingWriter.start("write", directory, "a");
      try (var said = writer.inputReader()) {
        for (int saves = 0; saves < 3 + kill * 5; saves++) {
          assertThat(said.readLine()).isNotNull();
        }
        writer.destroyForcibly().waitFor();
      }
      Manifest found = spool.read("a").orElseThrow();
      assertThat(found.files().getFirst().sent()).isNotEmpty();
      last = Math.max(last, found.files().getFirst().retries());
    }
    assertThat(reasons).isEmpty();
    assertThat(last).isPositive();
  }

  private int lockFromAnotherProcess(String uploadId) throws IOException {
    Process other = CrashingWriter.start("lock", directory, uploadId);
    try {
      assertThat(other.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return other.exitValue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private List<Path> asideFiles() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("set-aside"))) {
      return files.toList();
    }
  }
}
