package io.waybill.hivemq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExtensionSettingsTest {
  private static final String LEAST =
      """
      control-api.url=http://control-api:18081
      control-api.secret=planted
      gateway.password-file=gateway
      """;

  @TempDir Path folder;

  private ExtensionSettings read(String text) throws IOException {
    Files.writeString(folder.resolve("gateway"), "of the gateways\n");
    return ExtensionSettings.read(Files.writeString(folder.resolve("waybill.properties"), text));
  }

  @Test
  void what_is_not_said_has_a_standard_and_secrets_are_read_from_where_they_are() throws Exception {
    ExtensionSettings settings = read(LEAST);

    assertThat(settings.controlApi()).isEqualTo(URI.create("http://control-api:18081"));
    assertThat(settings.secret()).isEqualTo("planted");
    assertThat(settings.gateways())
        .isEqualTo(new Gateways("waybill-gateway", "of the gateways", "device"));
    assertThat(settings.period()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.memory()).isEqualTo(Duration.ofMinutes(1));
    assertThat(settings.toString()).doesNotContain("planted", "of the gateways");
  }

  @Test
  void the_file_that_is_shipped_has_every_line_and_no_other() throws Exception {
    String shipped = Files.readString(Path.of("../broker-config/hivemq/waybill.properties"));
    String here = shipped.replaceAll("(?m)-file=.*", "-file=gateway");

    assertThat(read(here))
        .isEqualTo(
            new ExtensionSettings(
                URI.create("http://127.0.0.1:18081"),
                "of the gateways",
                new Gateways("waybill-gateway", "of the gateways", "device"),
                Duration.ofSeconds(2),
                Duration.ofMinutes(1)));
  }

  @ParameterizedTest
  @CsvSource({
    "control-api.url, control-api:18081",
    "control-api.url, http://control-api/internal",
    "control-api.url, ''",
    "control-api.secret, ''",
    "check-seconds, 0",
    "check-seconds, often",
    "remember-seconds, 3601"
  })
  void what_is_wrong_is_named(String key, String value) {
    assertThatThrownBy(() -> read(LEAST + key + "=" + value + "\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("waybill.properties")
        .hasMessageContaining(key);
  }
}
