package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeApi;
import io.waybill.agent.testing.FakeLibrary;
import io.waybill.testkit.FreePort;
import io.waybill.wire.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FolderUploadTest extends CommandLineStage {

  private FakeApi api;
  private Path run = Path.of("");

  @BeforeEach
  void aFolder() throws IOException {
    api = new FakeApi(server);
    run = Files.createDirectories(directory.resolve("run-42"));
    Files.createDirectory(run.resolve("cameras"));
    Files.writeString(run.resolve("cameras/front.mcap"), "front");
    Files.writeString(run.resolve("lidar.mcap"), "lidar");
    Files.writeString(run.resolve("notes.txt"), "notes");
    Files.writeString(run.resolve(".waybill-1.part"), "half of one");
    Files.createSymbolicLink(run.resolve("loop"), run);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Override
  Map<String, String> road() {
    return Map.of("WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_URL", api.url().toString());
  }

  @Override
  Map<String, String> otherRoad() {
    return road();
  }

  @Override
  Map<String, String> nowhere() {
    return Map.of(
        "WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_URL", "http://127.0.0.1:" + FreePort.any());
  }

  private List<String> sent() {
    return server.asked(Command.CreateSession.class).stream()
        .flatMap(create -> create.objects().stream())
        .map(Command.NewObject::objectName)
        .toList();
  }

  @Test
  void a_folder_is_one_task_of_its_files_under_their_paths() {
    assertThat(agent(road(), "upload", "-r", run.toString())).as(this::said).isZero();

    assertThat(sent()).containsExactly("cameras_front.mcap", "lidar.mcap", "notes.txt");
    assertThat(server.asked(Command.CreateSession.class))
        .singleElement()
        .extracting(Command.CreateSession::taskName)
        .isEqualTo("run-42");
    assertThat(said()).contains("1 passed over", "front.mcap is sent as cameras_front.mcap");
  }

  @Test
  void what_is_stored_is_skipped_and_said_so_also_under_another_name() throws IOException {
    assertThat(agent(road(), "upload", "-r", run.toString())).isZero();
    Files.writeString(run.resolve("lidar again.mcap"), "lidar");
    Files.writeString(run.resolve("notes.txt"), "more notes");
    Files.setLastModifiedTime(
        run.resolve("cameras/front.mcap"), FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));

    assertThat(agent(road(), "upload", "-r", run.toString(), "--json")).as(this::said).isZero();

    assertThat(json().get("skipped")).hasSize(3);
    assertThat(json().get("skipped").get(0).get("reason").stringValue())
        .startsWith("stored already, as dataset ");
    assertThat(sent()).hasSize(4).endsWith("notes.txt");
    assertThat(agent(road(), "upload", "-r", run.toString())).isZero();
    assertThat(said()).contains("lidar.mcap is stored already");
    assertThat(sent()).hasSize(4);

    assertThat(agent(road(), "upload", "-r", run.toString(), "--again")).as(this::said).isZero();
    assertThat(sent()).hasSize(8);
  }

  @Test
  void include_and_exclude_choose() {
    assertThat(
            agent(
                road(),
                "upload",
                "-r",
                run.toString(),
                "--include",
                "*.mcap",
                "--exclude",
                "cameras"))
        .as(this::said)
        .isZero();

    assertThat(sent()).containsExactly("lidar.mcap");
    assertThat(agent(road(), "upload", file.toString(), "--include", "*")).isEqualTo(2);
    assertThat(agent(road(), "upload", "-r", run.toString(), "--include", "[z-a]")).isEqualTo(2);
    assertThat(agent(road(), "upload", run.toString())).isEqualTo(2);
    assertThat(said()).contains("-r");
  }

  @Test
  void a_dry_run_says_what_would_happen_and_does_nothing() {
    assertThat(agent(road(), "upload", "-r", run.toString(), "--dry-run")).as(this::said).isZero();

    assertThat(said()).contains("3 files of 15 B would be uploaded, 0 skipped");
    assertThat(server.asked()).isEmpty();
    assertThat(directory.resolve("state")).doesNotExist();
    assertThat(agent(road(), "upload", file.toString(), "--dry-run", "--json")).isZero();
    assertThat(json().get("would_upload")).hasSize(1);
  }

  @Test
  void what_the_server_has_from_somebody_else_is_skipped_too() {
    try (FakeLibrary library = new FakeLibrary()) {
      library.answer(
          "/v1/projects/0190a000-0000-7000-8000-000000000002/datasets?limit=20&search=lidar.mcap",
          Map.of(
              "datasets",
              List.of(
                  Map.of(
                      "dataset_id",
                      "0190a000-0000-7000-8000-0000000000dd",
                      "status",
                      "READY",
                      "file_size_bytes",
                      5,
                      "checksum_sha256",
                      DownloadStage.sha256(new byte[] {'l', 'i', 'd', 'a', 'r'})))));
      Map<String, String> there =
          Map.of("WAYBILL_AGENT_TRANSPORT", "http", "WAYBILL_API_URL", library.url().toString());

      assertThat(agent(there, "upload", "-r", run.toString(), "--dry-run", "--json")).isZero();

      assertThat(json().get("skipped")).hasSize(1);
      assertThat(json().get("skipped").get(0).get("reason").stringValue()).endsWith("00dd");
    }
  }

  @Test
  void an_interrupted_folder_is_taken_up_and_not_begun_twice() throws Exception {
    Files.copy(file, run.resolve("long.mcap"));
    interruptWhenStored(2, "upload", "-r", run.toString(), "--connections", "1");
    int begun = server.asked(Command.CreateSession.class).size();

    assertThat(agent(road(), "upload", "-r", run.toString())).as(this::said).isZero();

    assertThat(said()).contains("taking it up");
    assertThat(server.asked(Command.CreateSession.class)).hasSize(begun);
  }

  @Test
  void forget_takes_off_the_list_what_is_finished_and_the_rest_by_force_alone() throws Exception {
    assertThat(agent(road(), "upload", "-r", run.toString())).isZero();
    interruptWhenStored(4, "upload", file.toString(), "--connections", "1"); // 3 are the folder's
    assertThat(agent(road(), "status", "--json", "--local")).isZero();
    String unfinished = json().get("uploads").get(1).get("upload_id").stringValue();
    Path aside = directory.resolve("state/set-aside");
    Files.writeString(aside.resolve("x.json"), "torn");
    Files.writeString(aside.resolve("x.json.reason"), "it was torn");

    assertThat(agent(road(), "forget")).isEqualTo(2);
    assertThat(agent(road(), "forget", "--finished", "--set-aside")).as(this::said).isZero();
    assertThat(aside).isEmptyDirectory();
    assertThat(agent(road(), "forget", unfinished)).isEqualTo(2);
    assertThat(said()).contains("abort it first");
    assertThat(agent(road(), "forget", unfinished, "--force")).isZero();
    assertThat(agent(road(), "status", "--local")).isZero();
    assertThat(said()).contains("no uploads yet");
    assertThat(file).exists();
  }
}
