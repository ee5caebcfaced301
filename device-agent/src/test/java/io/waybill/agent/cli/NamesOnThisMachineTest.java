package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.waybill.agent.local.LocalPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What names can be like: of another locale, only bytes, in folders that are such. */
class NamesOnThisMachineTest extends MachineStage {

  @Test
  void the_c_locale_changes_nothing() throws Exception {
    file("Über.mcap");

    AgentProcess upload = begin("exec \"$@\" upload *ber.mcap --connections 1");
    upload.process().destroyForcibly();
    upload.ended();
    AgentProcess.Ended status = agent("status", "--local");
    AgentProcess.Ended resumed = agent("resume");

    assertThat(status.out()).as(status.err()).contains("interrupted", "Über.mcap");
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("Über.mcap: stored");
    assertThat(names()).containsExactly("Über.mcap");
    assertThat(store.object(object(0))).isEqualTo(bytes);
  }

  @Test
  void a_name_that_is_no_utf_8_or_steers_a_terminal_is_escaped_and_uploads() throws Exception {
    file("lidar\udcff.mcap");
    file("a\033[31m.mcap");

    AgentProcess.Ended uploaded = agent(Map.of(), "exec \"$@\" upload *.mcap --progress");
    AgentProcess.Ended status = agent("status", "--local");

    assertThat(uploaded.code()).as(uploaded.err()).isZero();
    assertThat(names()).containsExactlyInAnyOrder("lidar_.mcap", "a_[31m.mcap");
    assertThat(uploaded.out()).contains("lidar\\xff.mcap: stored", "a\\x1b[31m.mcap: stored");
    assertThat(uploaded.err()).contains("lidar\\xff.mcap is sent as lidar_.mcap");
    assertThat(uploaded.out() + uploaded.err() + status.out()).doesNotContain("\033");
  }

  @Test
  void relative_names_are_found_from_a_folder_whose_name_the_locale_does_not_know()
      throws Exception {
    Path folder = LocalPath.of(LocalPath.text(directory) + "/Züge\udcfe");
    Files.createDirectory(folder);
    Files.write(folder.resolve("run.mcap"), bytes);

    AgentProcess.Ended uploaded = agent(Map.of(), "cd Z* && exec \"$@\" upload ../Z*/run.mcap");

    assertThat(uploaded.code()).as(uploaded.err()).isZero();
    assertThat(store.object(object(0))).isEqualTo(bytes);
  }
}
