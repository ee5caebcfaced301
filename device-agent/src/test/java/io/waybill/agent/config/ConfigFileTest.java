package io.waybill.agent.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.agent.local.LocalPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One file, and the environment over it. */
class ConfigFileTest {

  @TempDir Path directory;

  private Path file(String text) throws IOException {
    Path file = directory.resolve("agent.yaml");
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private Settings settings(String text) throws IOException {
    return settings(text, Map.of());
  }

  private Settings settings(String text, Map<String, String> more) throws IOException {
    Map<String, String> env = new HashMap<>(more);
    env.put(Key.FILE, file(text).toString());
    return Settings.of(env);
  }

  @ParameterizedTest
  @EnumSource(Key.class)
  void every_key_can_stand_in_the_file_and_in_the_environment(Key key) throws IOException {
    String text = key.path().replace(".", ":\n  ") + ": seven";

    assertThat(settings(text).given(key)).map(Given::text).contains("seven");
    assertThat(settings(text, Map.of(key.env(), "eight")).given(key))
        .map(Given::text)
        .contains("eight");
  }

  @Test
  void an_empty_file_says_nothing() throws IOException {
    Settings settings = settings("# nothing yet\nbroker:\nwatch:\n");

    assertThat(settings.given(Key.BROKER_HOST)).isEmpty();
    assertThat(settings.watch()).isEmpty();
  }

  @Test
  void without_a_file_there_is_the_environment() {
    Settings settings = Settings.of(Map.of("HOME", directory.toString(), "WAYBILL_MQTT_PORT", "1"));

    assertThat(settings.file()).isEmpty();
    assertThat(settings.given(Key.BROKER_PORT)).map(Given::text).contains("1");
  }

  @Test
  void a_person_s_own_file_is_found() throws IOException {
    Path own = directory.resolve(".config/waybill-agent/agent.yaml");
    Files.createDirectories(own.getParent());
    Files.writeString(own, "transport: http");

    assertThat(Settings.of(Map.of("HOME", directory.toString())).file()).contains(own);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'brokr: x' | brokr (, line 1) is not known; there are: transport,
          'broker: x' | broker (, line 1) has keys of its own: host, port, tls, topic_prefix
          'broker:\n  hst: x' | broker.hst (, line 2) is not known; there are: host, port
          'transport: x\ntransport: y' | line 2: transport stands there twice
          'transport: [' | line 1 is no YAML
          '- transport' | has keys with values
          'transport: &a x\nroots: &b [*b]' | no YAML
          'watch: x' | watch[1] (, line 1) has keys: directory, include
          """)
  void what_cannot_be_is_named_with_its_line(String text, String words) throws IOException {
    Path file = file(text.replace("\\n", "\n"));

    assertThatThrownBy(() -> Settings.of(Map.of(Key.FILE, file.toString())).watch())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(file.toString())
        .extracting(e -> String.valueOf(e.getMessage()).replace(file.toString(), ""))
        .asString()
        .contains(words);
  }

  @Test
  void a_file_that_is_named_must_be_there() {
    assertThatThrownBy(() -> Settings.of(Map.of(Key.FILE, directory + "/none.yaml")))
        .hasMessageContaining("none.yaml is not there");
  }

  @Test
  void a_secret_in_a_file_that_others_can_read_is_refused() throws IOException {
    Path file = file("device:\n  credential: wbd_x\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

    assertThatThrownBy(() -> Settings.of(Map.of(Key.FILE, file.toString())))
        .hasMessageContaining("chmod 600 " + file);
  }

  @Test
  void the_credential_can_have_a_file_of_its_own() throws IOException {
    Path secret = directory.resolve("credential");
    Files.writeString(secret, "wbd_own\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
    String text = "device:\n  credential_file: " + secret + "\n";

    assertThat(settings(text).credential()).map(Given::text).contains("wbd_own");
    assertThat(settings(text, Map.of(Key.CREDENTIAL.env(), "wbd_other")).credential())
        .map(Given::text)
        .contains("wbd_other");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-r--r--"));
    Settings open = settings(text);
    assertThatThrownBy(open::credential).hasMessageContaining("chmod 600");
  }

  @Test
  void a_list_is_a_list_in_both_places_and_one_item_is_one() throws IOException {
    assertThat(settings("roots: [/a, /b]").list(Key.ROOTS))
        .extracting(Given::text)
        .containsExactly("/a", "/b");
    assertThat(settings("roots: /a", Map.of(Key.ROOTS.env(), "[/c, /d]")).list(Key.ROOTS))
        .extracting(Given::text)
        .containsExactly("/c", "/d");
    assertThat(settings("roots: /a").list(Key.ROOTS)).hasSize(1);
  }

  @Test
  void a_path_that_is_no_utf8_is_written_as_its_uri() throws IOException {
    Path path =
        Settings.path(
            settings("state_dir: file:///data/lidar%FF").given(Key.STATE_DIR).orElseThrow());

    assertThat(LocalPath.stored(path)).isEqualTo("file:///data/lidar%FF");
  }

  @Test
  void limits_have_defaults_and_bounds() throws IOException {
    Limits limits = Limits.of(settings("limits: {max_bytes_per_second: 1M, rescan: 30s}"));

    assertThat(limits.schedule().at(LocalDateTime.MIN).bytesPerSecond()).isEqualTo(1 << 20);
    assertThat(limits.openUploads()).isEqualTo(4);
    Settings wrong = settings("limits:\n  connections: 65");
    assertThatThrownBy(() -> Limits.of(wrong))
        .hasMessageMatching("limits.connections \\(.*, line 2\\) is a number from 1 to 64, not 65");
  }
}
