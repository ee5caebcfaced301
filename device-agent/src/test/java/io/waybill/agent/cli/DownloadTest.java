package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeLibrary.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DownloadTest extends DownloadStage {

  private final byte[] bytes = bytes(3 * CHUNK + 17);
  private Path folder = Path.of("");

  @BeforeEach
  void aFolder() throws IOException {
    folder = Files.createDirectory(directory.resolve("here"));
  }

  private UUID whole(Map<String, ?> more) {
    Map<String, Object> all = new HashMap<>(Map.of("checksum_sha256", sha256(bytes)));
    all.putAll(more);
    return library.dataset(PROJECT, bytes, all);
  }

  private int download(UUID id, String... more) {
    List<String> args = new java.util.ArrayList<>(List.of("download", id.toString()));
    args.addAll(List.of(more));
    return agent(args.toArray(String[]::new));
  }

  @Test
  void a_dataset_comes_in_ranges_by_one_url_and_is_verified() throws IOException {
    UUID id = whole(Map.of());

    assertThat(download(id, "-o", folder + "/")).as(this::said).isZero();

    assertThat(folder.resolve("front.mcap")).hasBinaryContent(bytes);
    assertThat(files(folder)).containsExactly("front.mcap");
    assertThat(library.gets()).isEqualTo(4);
    assertThat(library.urls()).isEqualTo(1);
    assertThat(library.mostServed(id)).isEqualTo(1);
    assertThat(said()).contains("its SHA-256 is right");
  }

  @Test
  void what_is_there_is_not_replaced_unless_it_is_said() throws IOException {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    UUID id = whole(Map.of());

    assertThat(download(id, "-o", file.toString())).isEqualTo(2);
    assertThat(said()).contains("--force");
    assertThat(file).hasContent("mine");
    assertThat(library.gets()).isZero();

    assertThat(download(id, "-o", file.toString(), "--force")).as(this::said).isZero();
    assertThat(file).hasBinaryContent(bytes);

    assertThat(download(id, "-o", file.toString(), "--json")).isZero();
    assertThat(json().get("files").get(0).get("state").stringValue()).isEqualTo("there_already");
  }

  @Test
  void a_link_that_leads_nowhere_is_something_in_the_way() throws IOException {
    Path link =
        Files.createSymbolicLink(folder.resolve("front.mcap"), directory.resolve("elsewhere"));

    assertThat(download(whole(Map.of()), "-o", folder.toString())).isEqualTo(2);
    assertThat(link).isSymbolicLink();
    assertThat(directory.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void other_bytes_than_the_server_knows_are_not_kept() throws IOException {
    UUID id = whole(Map.of("checksum_sha256", "0".repeat(64)));

    assertThat(download(id, "-o", folder.toString())).isEqualTo(5);

    assertThat(said()).contains("SHA-256");
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void without_a_checksum_that_is_said() {
    UUID id = library.dataset(PROJECT, bytes, Map.of());

    assertThat(download(id, "-o", folder + "/x", "--json")).isZero();
    assertThat(json().get("files").get(0).get("verified").booleanValue()).isFalse();
  }

  @Test
  void a_refused_url_is_renewed_and_three_refused_ones_are_the_end() {
    library.script((start, n) -> n == 2 ? Fate.FORBID : Fate.SERVE);
    UUID id = whole(Map.of());
    assertThat(download(id, "-o", folder + "/a", "--connections", "1")).as(this::said).isZero();
    assertThat(library.urls()).isEqualTo(2);

    library.script((start, n) -> Fate.FORBID);
    assertThat(download(id, "-o", folder + "/b")).isEqualTo(4);
    assertThat(said()).contains("403", "fresh URLs");
  }

  @Test
  void a_range_that_broke_goes_on_where_it_broke() {
    library.script((start, n) -> n == 1 ? Fate.CUT : n == 3 ? Fate.BUSY : Fate.SERVE);
    UUID id = whole(Map.of());

    assertThat(download(id, "-o", folder + "/a", "--connections", "1")).as(this::said).isZero();

    assertThat(library.mostServed(id)).isEqualTo(1);
    assertThat(folder.resolve("a")).hasBinaryContent(bytes);
  }

  @Test
  void a_page_to_sign_in_is_not_taken_for_bytes() throws IOException {
    library.script((start, n) -> Fate.PORTAL);

    assertThat(download(whole(Map.of()), "-o", folder + "/a")).isEqualTo(3);

    assertThat(said()).contains("sign-in", "kept");
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void what_was_confirmed_is_not_fetched_again_by_the_next_run() throws IOException {
    AtomicBoolean down = new AtomicBoolean(true);
    library.script((start, n) -> down.get() && start >= 2 * CHUNK ? Fate.BUSY : Fate.SERVE);
    UUID id = whole(Map.of());
    assertThat(download(id, "-o", folder + "/a", "--connections", "1")).isEqualTo(3);
    assertThat(files(folder)).hasSize(2).allMatch(name -> name.startsWith(".waybill-" + id));

    down.set(false);
    int before = library.gets();
    assertThat(download(id, "-o", folder + "/a", "--json")).as(this::said).isZero();

    assertThat(library.gets() - before).isEqualTo(2);
    assertThat(library.mostServed(id)).isEqualTo(1);
    assertThat(json().get("files").get(0).get("fetched_bytes").longValue()).isEqualTo(CHUNK + 17);
    assertThat(folder.resolve("a")).hasBinaryContent(bytes);
    assertThat(files(folder)).containsExactly("a");
  }

  @Test
  void a_torn_list_counts_for_its_whole_lines_and_a_short_file_for_nothing() throws IOException {
    AtomicBoolean down = new AtomicBoolean(true);
    library.script((start, n) -> down.get() && start >= 2 * CHUNK ? Fate.BUSY : Fate.SERVE);
    UUID id = whole(Map.of());
    download(id, "-o", folder + "/a", "--connections", "1");
    Path list = folder.resolve(".waybill-" + id + ".list");
    Files.writeString(list, "3", java.nio.file.StandardOpenOption.APPEND); // no line yet
    down.set(false);
    assertThat(download(id, "-o", folder + "/a")).as(this::said).isZero();
    assertThat(folder.resolve("a")).hasBinaryContent(bytes);

    down.set(true);
    download(id, "-o", folder + "/b", "--connections", "1");
    Files.write(folder.resolve(".waybill-" + id + ".part"), new byte[5]);
    down.set(false);
    assertThat(download(id, "-o", folder + "/b")).as(this::said).isZero();
    assertThat(folder.resolve("b")).hasBinaryContent(bytes);
  }

  @Test
  void an_object_that_is_another_one_by_now_is_exit_5_and_nothing_of_it_is_kept()
      throws IOException {
    library.script((start, n) -> n > 2 ? Fate.OTHER_ETAG : Fate.SERVE);

    assertThat(download(whole(Map.of()), "-o", folder + "/a", "--connections", "1")).isEqualTo(5);

    assertThat(said()).contains("ETag");
    assertThat(files(folder)).isEmpty();
  }

  @Test
  void names_from_outside_stay_in_the_folder_and_steer_nothing() throws IOException {
    for (String name :
        List.of(
            "../../etc/passwd",
            "a\u001b[31m\n.mcap",
            "..",
            ".bashrc",
            "-rf",
            "C:\\x",
            "x".repeat(400) + ".mcap")) {
      UUID id = library.dataset(PROJECT, bytes(9), Map.of("original_filename", name));
      assertThat(download(id, "-o", folder + "/")).as(name + said()).isZero();
    }

    assertThat(files(folder))
        .contains(
            ".._.._etc_passwd".replaceFirst("^\\.", "_"),
            "a_[31m_.mcap",
            "upload.bin",
            "_bashrc",
            "_rf",
            "C__x",
            "x".repeat(195) + ".mcap")
        .hasSize(7);
    assertThat(files(directory)).containsExactly("here");
  }

  @Test
  void who_may_not_download_is_told_what_it_takes() {
    library.forbidDownloads();

    assertThat(download(whole(Map.of()), "-o", folder + "/a")).isEqualTo(4);
    assertThat(said()).contains("auth.permission_denied", "--api-key");
  }

  @Test
  void a_task_is_its_stored_files_and_two_of_one_name_are_two() throws IOException {
    UUID one = whole(Map.of());
    UUID two = whole(Map.of());
    UUID task = UUID.randomUUID();
    library.answer(
        "/v1/projects/" + PROJECT + "/upload-tasks/" + task,
        Map.of(
            "task_id",
            task.toString(),
            "objects",
            List.of(
                Map.of("dataset_id", one.toString(), "status", "COMPLETED"),
                Map.of("dataset_id", two.toString(), "status", "SKIPPED_INSTANT_UPLOAD"),
                Map.of("dataset_id", UUID.randomUUID().toString(), "status", "UPLOADING"))));

    assertThat(download(task, "-o", folder + "/new")).as(this::said).isZero();

    assertThat(files(folder.resolve("new"))).hasSize(2).allMatch(n -> n.matches("front-.{8}.mcap"));
    assertThat(said()).contains("1 file of this task cannot be downloaded");
    assertThat(download(task, "-o", folder + "/new")).isZero();
    assertThat(said()).contains("there already");
  }

  @Test
  void what_nobody_knows_is_said() {
    assertThat(download(UUID.randomUUID())).isEqualTo(4);
    assertThat(said()).contains("no dataset and no task");
    assertThat(agent("download", "front.mcap")).isEqualTo(2);
  }
}
