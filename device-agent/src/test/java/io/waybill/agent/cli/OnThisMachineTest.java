package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.testkit.FreePort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a machine can be like: wrong settings, a full disk, a torn manifest, Ctrl-C. */
class OnThisMachineTest extends MachineStage {

  @Test
  void one_bad_file_stops_no_other_and_is_named() throws Exception {
    file("run.mcap");
    Files.createFile(directory.resolve("empty"));

    AgentProcess.Ended uploaded = agent("upload", "missing", "run.mcap", "empty", "--json");

    assertThat(uploaded.code()).isEqualTo(2);
    assertThat(uploaded.err()).contains("there is no file missing", "empty is empty");
    assertThat(uploaded.out()).contains("\"left_out\":[{\"path\":\"missing\"");
    assertThat(names()).containsExactly("run.mcap");
    assertThat(agent("resume").err()).contains("nothing is unfinished");
  }

  @Test
  void a_usage_error_leaves_nothing_behind() throws Exception {
    file("run.mcap");
    for (String[] wrong :
        List.of(
            new String[] {"upload", "run.mcap", "--connections", "99"},
            new String[] {"upload", "run.mcap", "--max-bytes-per-second", "fast"},
            new String[] {"upload", "run.mcap", "--part-size", "0"},
            new String[] {"upload", "run.mcap", "--project", "mine"},
            new String[] {"upload", "run.mcap", "--transport", "pigeon"},
            new String[] {"upload", "run.mcap", "--api-url", "waybill.example"},
            new String[] {"upload", "run.mcap", "--api-key", "two words"},
            new String[] {"upload", "run.mcap", "--frobnicate"},
            new String[] {"upload", "missing"})) {
      AgentProcess.Ended refused = agent(wrong);
      assertThat(refused.code()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).startsWith("waybill-agent: ").doesNotContain("\tat ", "  at ");
    }
    assertThat(directory.resolve("state")).doesNotExist();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void a_wrong_setting_is_seen_at_once() throws Exception {
    file("run.mcap");
    Path none = Files.writeString(directory.resolve("ca.pem"), "not a certificate");
    for (Map.Entry<String, String> wrong :
        Map.of(
                "WAYBILL_MQTT_HOST", "mqtt://broker.example",
                "WAYBILL_MQTT_PORT", "mqtt",
                "WAYBILL_MQTT_TLS", "yes",
                "WAYBILL_MQTT_TOPIC_PREFIX", "a/#",
                "WAYBILL_TENANT_ID", "acme",
                "WAYBILL_API_URL", "https://",
                "WAYBILL_CA_FILE", none.toString(),
                "WAYBILL_AGENT_PATIENCE_SECONDS", "long")
            .entrySet()) {
      AgentProcess.Ended refused = agent(Map.ofEntries(wrong), "exec \"$@\"", "upload", "run.mcap");
      assertThat(refused.code()).as(refused.err()).isEqualTo(2);
      assertThat(refused.err()).contains(wrong.getKey());
      assertThat(refused.err().lines()).hasSize(1);
    }
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void only_the_agents_own_lines_are_on_its_output() throws Exception {
    file("run.mcap");
    Map<String, String> overMqtt =
        Map.of(
            "WAYBILL_AGENT_TRANSPORT", "mqtt",
            "WAYBILL_API_URL", "",
            "WAYBILL_AGENT_PATIENCE_SECONDS", "6",
            "WAYBILL_MQTT_PORT", "" + FreePort.any());

    AgentProcess.Ended ended = agent(overMqtt, "exec \"$@\"", "upload", "run.mcap");

    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.err().lines()).allMatch(line -> line.startsWith("waybill-agent: "));
    assertThat(ended.err())
        .contains("waiting: no connection to the broker at mqtt://", "at most")
        .doesNotContain("as long as it takes");
  }

  @Test
  void a_full_disk_at_the_start_is_a_sentence_and_leaves_nothing_behind() throws Exception {
    file("run.mcap");

    AgentProcess.Ended full =
        agent(
            Map.of(),
            "(trap '' XFSZ; ulimit -f 0; exec \"$@\" 2>&1) | cat >&2",
            "upload",
            "run.mcap");

    assertThat(full.err())
        .contains("the disk does not let us work", "state")
        .doesNotContain("at io.");
    assertThat(manifests()).isEmpty();
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void a_disk_that_fills_up_in_the_middle_stops_no_upload() throws Exception {
    file("run.mcap");

    AgentProcess.Ended full =
        agent(
            Map.of(),
            "trap '' XFSZ; ulimit -f 3; exec \"$@\"",
            "upload",
            "run.mcap",
            "--connections",
            "1");

    assertThat(full.code()).as(full.err()).isZero();
    assertThat(full.err()).contains("cannot be saved").doesNotContain("at io.");
    assertThat(store.object(object(0))).isEqualTo(bytes);
  }

  @Test
  void a_state_directory_that_is_none_is_a_sentence() throws Exception {
    file("run.mcap");
    Map<String, String> wrong = Map.of("WAYBILL_AGENT_STATE_DIR", directory + "/run.mcap");

    AgentProcess.Ended refused = agent(wrong, "exec \"$@\"", "upload", "run.mcap");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("state directory", "WAYBILL_AGENT_STATE_DIR");
    assertThat(refused.err().lines()).hasSize(1);
  }

  @Test
  void ctrl_c_says_how_to_go_on() throws Exception {
    file("run.mcap");

    AgentProcess upload = begin("exec \"$@\" upload run.mcap --connections 1");
    new ProcessBuilder("kill", "-INT", "" + upload.process().pid()).start().waitFor();
    AgentProcess.Ended interrupted = upload.ended();

    assertThat(interrupted.code()).isEqualTo(130);
    assertThat(interrupted.err()).contains("interrupted; nothing is lost", "waybill-agent resume ");
    assertThat(agent("resume").code()).isZero();
    assertThat(store.object(object(0))).isEqualTo(bytes);
  }

  @Test
  void a_torn_manifest_is_never_passed_over_in_silence() throws Exception {
    Files.createDirectories(directory.resolve("state/uploads"));
    Files.writeString(directory.resolve("state/uploads/x.json"), "{\"format\": \"wayb");

    for (int time = 0; time < 2; time++) {
      AgentProcess.Ended resumed = agent("resume");
      assertThat(resumed.code()).isEqualTo(2);
      assertThat(resumed.err()).contains("1 manifest could not be used", "set-aside");
    }
  }

  @Test
  void what_the_program_calls_itself_is_how_it_was_called() throws Exception {
    Map<String, String> launched = Map.of("WAYBILL_AGENT_COMMAND", "./waybill agent");

    AgentProcess.Ended help = agent(launched, "exec \"$@\"", "--help");
    AgentProcess.Ended status = agent(launched, "exec \"$@\"", "status");
    AgentProcess.Ended wrong = agent(launched, "exec \"$@\"", "upload");

    assertThat(help.out() + status.out() + wrong.err())
        .contains("./waybill agent upload FILE", "./waybill agent upload front_camera.mcap")
        .doesNotContain("waybill-agent ");
  }
}
