package io.waybill.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.config.WatchEntry.AfterUpload;
import io.waybill.agent.config.WatchEntry.Group;
import io.waybill.agent.config.WatchEntry.Settle;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code watch:} may say. */
class WatchEntriesTest {

  private static List<WatchEntry> watch(String yaml) {
    return Settings.ofEnvironment(Map.of(Key.WATCH.env(), yaml)).watch();
  }

  @Test
  void a_directory_is_enough() {
    WatchEntry entry = watch("[{directory: /data}]").getFirst();

    assertThat(entry.directory()).isEqualTo(Path.of("/data"));
    assertThat(entry.settle()).isEqualTo(Settle.AGE);
    assertThat(entry.settleFor()).isEqualTo(Duration.ofSeconds(10));
    assertThat(entry.group()).isEqualTo(Group.FILE);
    assertThat(entry.afterUpload()).isEqualTo(AfterUpload.KEEP);
    assertThat(entry.removes()).isFalse();
  }

  @Test
  void everything_can_be_said() {
    WatchEntry entry =
        watch(
                """
                - directory: /data
                  include: ["*.mcap", "*.bag"]
                  exclude: calibration/**
                  project: 0190a000-0000-7000-8000-000000000002
                  group: directory
                  settle: marker
                  marker: .finished
                  priority: 9
                  after_upload: move
                  move_to: /data/uploaded
                  keep_for: 7d
                """)
            .getFirst();

    assertThat(entry.include()).containsExactly("*.mcap", "*.bag");
    assertThat(entry.exclude()).containsExactly("calibration/**");
    assertThat(entry.group()).isEqualTo(Group.DIRECTORY);
    assertThat(entry.marker()).isEqualTo(".finished");
    assertThat(entry.priority()).isEqualTo(9);
    assertThat(entry.moveTo()).isEqualTo(Path.of("/data/uploaded"));
    assertThat(entry.keepFor()).isEqualTo(Duration.ofDays(7));
    assertThat(entry.removes()).isTrue();
  }

  @Test
  void markers_that_make_groups_settle_them() {
    assertThat(watch("{directory: /data, group: marker}").getFirst().settle())
        .isEqualTo(Settle.MARKER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {include: x} | watch[1] needs a directory
          {directory: data} | watch[1].directory is an absolute path, not data
          {directory: /d, settel: age} | watch[1].settel is not known; there are: directory
          {directory: /d, settle: soon} | watch[1].settle is one of age, marker, rename, not soon
          {directory: /d, priority: 10} | watch[1].priority is a number from 0 to 9, not 10
          {directory: /d, settle_for: 10} | is a time such as 30s
          {directory: /d, after_upload: move} | watch[1].move_to is where files go
          {directory: /d, move_to: /e} | watch[1].move_to is where files go
          {directory: /d, keep_for: 1d} | watch[1].keep_for goes with after_upload
          {directory: /d, group: marker, settle: age} | watch[1].settle is marker
          {directory: /d, marker: a/b} | is the end of a name
          {directory: /d, project: x} | watch[1].project is a UUID, not x
          {directory: /d, max_local_bytes: much} | is a size such as
          '[{directory: /d}, {directory: /d/}]' | watch[2]: watch[1] has the same directory
          """)
  void what_cannot_be_is_named(String yaml, String words) {
    assertThatThrownBy(() -> watch(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(Key.WATCH.env())
        .hasMessageContaining(words);
  }
}
