package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.core.upload.Limits;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import io.waybill.testkit.FreePort;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfiguredLimitsTest {
  @TempDir Path folder;

  private Limits limits(Map<String, String> environment) {
    return ConfiguredLimits.of(Configuration.load(environment, folder));
  }

  @Test
  void with_nothing_configured_they_are_the_lifecycles_own() {
    assertThat(limits(Map.of())).isEqualTo(Limits.standard());
  }

  @Test
  void what_is_configured_holds() {
    Limits limits =
        limits(
            Map.of(
                "WAYBILL_LIMITS_DEVICE_OPEN_UPLOADS",
                "2",
                "WAYBILL_LIMITS_MAX_URL_LIFE_SECONDS",
                "600",
                "WAYBILL_LIMITS_TENANT_BYTES",
                "5000000000000"));
    assertThat(limits.openings().deviceUploads()).isEqualTo(2);
    assertThat(limits.quotas().tenantBytes()).isEqualTo(5_000_000_000_000L);
    assertThat(limits.urlLife().longest()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void sizes_and_lives_are_configured_too() {
    Limits limits =
        limits(
            Map.of(
                "WAYBILL_LIMITS_MAX_FILE_BYTES", "50000000000000",
                "WAYBILL_LIMITS_METADATA_KEY_CHARS", "10",
                "WAYBILL_LIMITS_DEFAULT_SESSION_LIFE_SECONDS", "120",
                "WAYBILL_LIMITS_MAX_SESSION_LIFE_SECONDS", "240",
                "WAYBILL_HTTP_MAX_BODY_BYTES", "2048",
                "WAYBILL_MQTT_MAX_PAYLOAD_BYTES", "4096"));
    assertThat(limits.sizes())
        .isEqualTo(new Limits.Sizes(50_000_000_000_000L, 2048, 4096, 16_384, 10));
    assertThat(limits.sessionLife())
        .isEqualTo(new Limits.SessionLife(Duration.ofMinutes(2), Duration.ofMinutes(4)));
  }

  @Test
  void no_upload_may_take_longer_than_the_store_keeps_it() {
    String kept = "WAYBILL_STORAGE_INCOMPLETE_UPLOAD_MAX_AGE";
    assertThat(limits(Map.of(kept, "24h")).sessionLife())
        .isEqualTo(new Limits.SessionLife(Duration.ofHours(24), Duration.ofHours(24)));
    assertThat(limits(Map.of(kept, "6h")).sessionLife())
        .isEqualTo(new Limits.SessionLife(Duration.ofHours(6), Duration.ofHours(6)));
    assertThat(limits(Map.of(kept, "30d"))).isEqualTo(Limits.standard());

    assertThatThrownBy(
            () -> limits(Map.of(kept, "1d", "WAYBILL_LIMITS_MAX_SESSION_LIFE_SECONDS", "86401")))
        .isInstanceOf(StartupFailure.class)
        .hasMessage("WAYBILL_LIMITS_MAX_SESSION_LIFE_SECONDS must not be more than " + kept);
    assertThatThrownBy(() -> limits(Map.of(kept, "a day")))
        .isInstanceOf(StartupFailure.class)
        .hasMessage(kept + " must be hours or days, such as 24h or 30d, not a day");
  }

  @Test
  void the_gateway_takes_the_payload_that_describe_tells() {
    Configuration configured =
        Configuration.load(
            Map.of(
                "WAYBILL_MQTT_MAX_PAYLOAD_BYTES",
                "4096",
                "WAYBILL_GATEWAY_HTTP_PORT",
                "" + FreePort.any()),
            folder);
    assertThat(GatewayProcess.settings(configured).bounds().payloadBytes()).isEqualTo(4096);
  }

  @Test
  void what_cannot_hold_is_refused_by_name() {
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_TASK_OBJECTS", "101")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_LIMITS_TASK_OBJECTS");
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_MAX_URL_LIFE_SECONDS", "30")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_LIMITS_MIN_URL_LIFE_SECONDS");
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_MAX_SESSION_LIFE_SECONDS", "3600")))
        .isInstanceOf(StartupFailure.class)
        .hasMessage(
            "WAYBILL_LIMITS_DEFAULT_SESSION_LIFE_SECONDS must not be more than"
                + " WAYBILL_LIMITS_MAX_SESSION_LIFE_SECONDS");
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_MAX_FILE_BYTES", "53687091200001")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("a number from 1 to 53687091200000");
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_METADATA_KEY_CHARS", "0")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_LIMITS_METADATA_KEY_CHARS");
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_MQTT_MAX_PAYLOAD_BYTES", "300000")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_MQTT_MAX_PAYLOAD_BYTES");
  }
}
