package io.waybill.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who hears which credential. */
class ConfigurationTest {
  private static final String ELSEWHERE = "https://192.0.2.1";

  @Test
  void the_development_credential_goes_to_no_other_machine_after_it_went_to_this_one() {
    Configuration configuration = new Configuration(Map.of("WAYBILL_API_URL", ELSEWHERE));
    assertThat(configuration.mqtt(Duration.ofSeconds(1)).credentials().get())
        .startsWith("wbd_dev_");
    assertThat(configuration.bearer(null, URI.create("http://127.0.0.1")).get())
        .startsWith("wbd_dev_");

    assertThatThrownBy(() -> configuration.bearer(null, URI.create(ELSEWHERE)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("WAYBILL_DEVICE_CREDENTIAL is not set");
  }

  @Test
  void one_that_is_configured_goes_to_all_and_is_one() {
    Configuration configuration =
        new Configuration(Map.of("WAYBILL_DEVICE_CREDENTIAL", "wbd_of_its_own"));
    assertThat(configuration.bearer(null, URI.create(ELSEWHERE)).get()).isEqualTo("wbd_of_its_own");
    assertThat(configuration.bearer(null, URI.create(ELSEWHERE)))
        .isSameAs(configuration.mqtt(Duration.ofSeconds(1)).credentials());
  }
}
