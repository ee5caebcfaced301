package io.waybill.allinone.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.allinone.config.Configuration;
import io.waybill.allinone.embedded.StartupFailure;
import io.waybill.core.upload.Limits;
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
                "600"));
    assertThat(limits.openings().deviceUploads()).isEqualTo(2);
    assertThat(limits.urlLife().longest()).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void what_cannot_hold_is_refused_by_name() {
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_TASK_OBJECTS", "101")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_LIMITS_TASK_OBJECTS");
    assertThatThrownBy(() -> limits(Map.of("WAYBILL_LIMITS_MAX_URL_LIFE_SECONDS", "30")))
        .isInstanceOf(StartupFailure.class)
        .hasMessageContaining("WAYBILL_LIMITS_MIN_URL_LIFE_SECONDS");
  }
}
