package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.testing.FakeServer;
import io.waybill.wire.Command;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What every command does, whichever way it speaks to the server. */
abstract class CommandLineContract extends CommandLineStage {

  @Test
  void upload_sends_the_file_whole_and_says_where_it_is() {
    assertThat(agent(road(), "upload", file.toString())).as(this::said).isZero();

    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(said()).contains("front camera.mcap: stored", "bucket/" + onlySession());
  }

  @Test
  void upload_as_json_gives_every_id() {
    assertThat(agent(road(), "upload", file.toString(), "--json", "--checksum")).isZero();

    JsonNode uploaded = json().get("uploads").get(0);
    assertThat(json().get("exit_code").intValue()).isZero();
    assertThat(uploaded.get("state").stringValue()).isEqualTo("done");
    JsonNode one = uploaded.get("files").get(0);
    assertThat(one.get("session_id").stringValue()).isEqualTo(onlySession());
    assertThat(one.get("sent_part_count").intValue()).isEqualTo(10);
    assertThat(server.asked(Command.CreateSession.class).getFirst().objects().getFirst())
        .extracting(Command.NewObject::checksumSha256)
        .isEqualTo(one.get("checksum_sha256").stringValue());
  }

  @Test
  void an_interrupted_upload_is_taken_up_over_the_other_road() throws Exception {
    interruptWhenStored(3, "upload", file.toString(), "--connections", "1");
    assertThat(server.status(onlySession())).isEqualTo("UPLOADING");

    assertThat(agent(otherRoad(), "resume")).as(this::said).isZero();

    assertThat(store.object(onlySession())).isEqualTo(bytes);
    assertThat(server.asked(Command.CreateSession.class)).hasSize(1);
    for (int part = 1; part <= 3; part++) {
      assertThat(store.attempts(onlySession(), part)).isEqualTo(1);
    }
  }

  @Test
  void another_devices_upload_is_left_alone() throws Exception {
    interruptWhenStored(3, "upload", file.toString(), "--connections", "1");
    Map<String, String> other = new HashMap<>(road());
    other.put("WAYBILL_DEVICE_ID", "0190a000-0000-7000-8000-000000000018");
    other.put("WAYBILL_DEVICE_CREDENTIAL", "another");

    assertThat(agent(other, "resume")).isEqualTo(2);
    assertThat(said()).contains("WAYBILL_DEVICE_ID");
    assertThat(agent(road(), "resume")).as(this::said).isZero();
  }

  @Test
  void the_same_upload_asked_for_again_is_taken_up_and_not_begun_twice() throws Exception {
    interruptWhenStored(3, "upload", file.toString(), "--connections", "1");

    assertThat(agent(road(), "upload", file.toString())).isZero();

    assertThat(server.asked(Command.CreateSession.class)).hasSize(1);
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void pause_and_resume_session_speak_to_the_server_and_resume_goes_on() throws Exception {
    interruptWhenStored(2, "upload", file.toString(), "--connections", "1");

    assertThat(agent(road(), "pause", "--reason", "link")).isZero();
    assertThat(server.status(onlySession())).isEqualTo("PAUSED");
    assertThat(agent(road(), "status", "--json")).isZero();
    assertThat(json().get("uploads").get(0).get("state").stringValue()).isEqualTo("paused");

    JsonNode session = json().get("uploads").get(0).get("files").get(0).get("server");
    assertThat(session.get("status").stringValue()).isEqualTo("PAUSED");
    assertThat(session.get("reason").stringValue()).isEqualTo("link");

    assertThat(agent(otherRoad(), "resume-session")).isZero();
    assertThat(server.status(onlySession())).isEqualTo("UPLOADING");
    assertThat(agent(road(), "resume")).isZero();
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void abort_ends_an_upload_for_good() throws Exception {
    interruptWhenStored(2, "upload", file.toString(), "--connections", "1");

    assertThat(agent(road(), "abort", onlySession())).isZero();

    assertThat(server.status(onlySession())).isEqualTo("ABORTED");
    assertThat(agent(road(), "status")).isZero();
    assertThat(said()).contains("aborted");
    assertThat(agent(road(), "resume")).isZero();
    assertThat(said()).contains("nothing is unfinished");
  }

  @Test
  void a_refusal_is_told_with_its_code_and_exit_4() {
    server.script(command -> Optional.of(FakeServer.error("auth.permission_denied", false, null)));

    assertThat(agent(road(), "upload", file.toString())).isEqualTo(4);
    assertThat(said()).contains("auth.permission_denied");
  }

  @Test
  void not_now_is_asked_again() {
    AtomicInteger refusals = new AtomicInteger();
    server.script(command ->
        refusals.incrementAndGet() == 1
            ? Optional.of(FakeServer.error("database.unavailable", true, 0L))
            : Optional.empty());

    assertThat(agent(road(), "upload", file.toString())).as(this::said).isZero();
  }

  @Test
  void an_unreachable_server_is_exit_3_and_the_upload_is_kept() {
    Map<String, String> impatient = new HashMap<>(nowhere());
    impatient.put("WAYBILL_AGENT_PATIENCE_SECONDS", "1");
    assertThat(agent(impatient, "upload", file.toString())).isEqualTo(3);
    assertThat(said()).contains("waybill-agent resume");

    assertThat(agent(road(), "resume")).as(this::said).isZero();
    assertThat(store.object(onlySession())).isEqualTo(bytes);
  }

  @Test
  void status_says_what_this_machine_knows_also_when_nobody_answers() throws Exception {
    interruptWhenStored(3, "upload", file.toString(), "--connections", "1");
    Map<String, String> impatient = new HashMap<>(nowhere());
    impatient.put("WAYBILL_AGENT_PATIENCE_SECONDS", "1");

    assertThat(agent(impatient, "status")).isZero();
    assertThat(said()).contains("interrupted", "front camera.mcap", "this machine knows");

    assertThat(agent(road(), "status")).isZero();
    assertThat(said()).contains("on the server uploading");
    int asked = server.asked().size();
    assertThat(agent(road(), "status", "--local", "--json")).isZero();
    assertThat(server.asked()).hasSize(asked);
  }

  @Test
  void a_file_that_changed_is_exit_5_also_with_force() throws Exception {
    interruptWhenStored(2, "upload", file.toString(), "--connections", "1");
    byte[] other = Files.readAllBytes(file);
    other[0]++;
    Files.write(file, other);

    assertThat(agent(road(), "resume", "--force")).isEqualTo(5);
    assertThat(said()).contains("changed", "waybill-agent upload");
    assertThat(server.asked(Command.CompleteUpload.class)).isEmpty();
  }

  @Test
  void what_cannot_be_uploaded_is_exit_2_and_nothing_is_asked() throws Exception {
    Path empty = Files.createFile(directory.resolve("empty"));

    assertThat(agent(road(), "upload", empty.toString())).isEqualTo(2);
    assertThat(said()).contains("empty");
    assertThat(agent(road(), "upload", directory.resolve("missing").toString())).isEqualTo(2);
    assertThat(agent(road(), "upload", directory.toString())).isEqualTo(2);
    assertThat(agent(road(), "upload")).isEqualTo(2);
    assertThat(agent(road(), "frobnicate")).isEqualTo(2);
    assertThat(agent(road())).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void a_refused_credential_is_said_by_status_and_in_json() throws Exception {
    interruptWhenStored(2, "upload", file.toString(), "--connections", "1");
    server.script(command -> Optional.of(FakeServer.error("auth.api_key_invalid", false, null)));

    assertThat(agent(road(), "status", "--json")).isEqualTo(4);
    assertThat(json().get("server_trouble").stringValue()).contains("auth.api_key_invalid");
    assertThat(agent(road(), "resume", "--json")).isEqualTo(4);
    assertThat(json().get("uploads").get(0).get("standing").stringValue())
        .contains("auth.api_key_invalid");
    assertThat(agent(road(), "status", "--local")).isZero();
    assertThat(said()).contains("the last try ended: auth.api_key_invalid");
  }

  @Test
  void resume_of_a_paused_upload_says_so_and_does_not_hang() throws Exception {
    interruptWhenStored(2, "upload", file.toString(), "--connections", "1");
    Map<String, String> impatient = new HashMap<>(road());
    impatient.put("WAYBILL_AGENT_PATIENCE_SECONDS", "3");

    assertThat(agent(road(), "pause")).isZero();
    assertThat(agent(impatient, "resume")).isEqualTo(3);
    assertThat(said()).contains("paused", "resume-session", "at most", "nothing is lost");

    assertThat(agent(road(), "resume-session")).isZero();
    server.become(onlySession(), "PAUSED");
    assertThat(agent(impatient, "resume")).isEqualTo(3);
    assertThat(said()).contains("paused on the server", "resume-session");
    assertThat(agent(road(), "status")).isZero();
    assertThat(said()).contains("paused: paused by wb_person; next: resume it");
  }

  @Test
  void a_speed_limit_stays_with_its_upload_until_it_is_lifted() throws Exception {
    interruptWhenStored(
        1, "upload", file.toString(), "--connections", "1", "--max-bytes-per-second", "500K");

    assertThat(agent(road(), "status", "--json", "--local")).isZero();
    assertThat(limit()).isEqualTo(500 << 10);
    assertThat(agent(nowhere("1"), "resume")).isEqualTo(3);
    assertThat(agent(road(), "status", "--json", "--local")).isZero();
    assertThat(limit()).isEqualTo(500 << 10);

    assertThat(agent(road(), "resume", "--max-bytes-per-second", "unlimited")).isZero();
    assertThat(agent(road(), "status", "--json", "--local")).isZero();
    assertThat(json().get("uploads").get(0).get("max_bytes_per_second").isNull()).isTrue();
  }

  @Test
  void a_limit_that_no_session_lives_long_enough_for_is_said_before_it_starts() throws Exception {
    Path huge = directory.resolve("huge.mcap");
    try (var file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(1L << 40); // sparse
    }

    agent(nowhere("1"), "upload", huge.toString(), "--max-bytes-per-second", "100K");

    assertThat(said()).contains("124 days", "30 days");
  }

  @Test
  void progress_is_plain_lines_where_there_is_no_terminal() {
    assertThat(agent(road(), "upload", file.toString(), "--progress")).isZero();
    assertThat(said()).doesNotContain("\r", "\033");
  }
}
