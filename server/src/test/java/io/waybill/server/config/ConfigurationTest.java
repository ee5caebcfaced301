package io.waybill.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationTest {
  @TempDir Path folder;

  @Test
  void nothing_configured_is_the_local_stack() {
    Configuration configuration = Configuration.load(Map.of(), folder);
    assertThat(configuration.text(DatabaseSetting.URL))
        .isEqualTo("jdbc:postgresql://127.0.0.1:25432/waybill");
    assertThat(configuration.isConfigured(DatabaseSetting.URL)).isFalse();
    assertThat(configuration.port(MqttSetting.PORT)).isEqualTo(11_883);
    assertThat(configuration.flag(MqttSetting.TLS)).isFalse();
    assertThat(configuration.list(HttpSetting.CORS_ORIGINS)).hasSize(4);
  }

  @Test
  void the_environment_beats_the_file_and_the_file_beats_the_default() throws IOException {
    Files.writeString(
        folder.resolve("application.yaml"),
        """
        waybill:
          storage:
            endpoint: http://minio:9000
            access-key: from-the-file
        """);
    Configuration configuration =
        Configuration.load(Map.of("WAYBILL_STORAGE_ACCESS_KEY", "from-the-environment"), folder);
    assertThat(configuration.text(StorageSetting.ENDPOINT)).isEqualTo("http://minio:9000");
    assertThat(configuration.text(StorageSetting.ACCESS_KEY)).isEqualTo("from-the-environment");
    assertThat(configuration.text(StorageSetting.REGION)).isEqualTo("us-east-1");
    assertThat(configuration.isConfigured(StorageSetting.ENDPOINT)).isTrue();
  }

  @Test
  void a_file_of_another_name_is_named_by_WAYBILL_CONFIG() throws IOException {
    Files.writeString(folder.resolve("other.yaml"), "waybill: {mqtt: {host: broker}}");
    assertThat(
            Configuration.load(Map.of("WAYBILL_CONFIG", "other.yaml"), folder)
                .text(MqttSetting.HOST))
        .isEqualTo("broker");
    assertThatThrownBy(() -> Configuration.load(Map.of("WAYBILL_CONFIG", "none.yaml"), folder))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("none.yaml");
  }

  @Test
  void an_empty_variable_is_no_value() {
    Configuration configuration = Configuration.load(Map.of("WAYBILL_MQTT_HOST", ""), folder);
    assertThat(configuration.isConfigured(MqttSetting.HOST)).isFalse();
  }

  @Test
  void a_wrong_value_is_refused_by_both_its_names_and_never_repeated() {
    Configuration configuration =
        Configuration.load(
            Map.of("WAYBILL_HTTP_PORT", "eighty", "WAYBILL_MQTT_TLS", "maybe"), folder);
    assertThatThrownBy(() -> configuration.port(HttpSetting.PORT))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_HTTP_PORT")
        .hasMessageContaining("waybill.http.port")
        .hasMessageNotContaining("eighty");
    assertThatThrownBy(() -> configuration.flag(MqttSetting.TLS))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("true or false");
  }

  @Test
  void a_misspelt_variable_is_noticed() {
    Configuration configuration =
        Configuration.load(
            Map.of(
                "WAYBILL_DATABASE_URI", "x",
                "WAYBILL_AGENT_STATE_DIR", "theirs",
                "WAYBILL_TEST_SCALE", "theirs",
                "PATH", "x"),
            folder);
    assertThat(configuration.unknownVariables()).containsExactly("WAYBILL_DATABASE_URI");
  }
}
