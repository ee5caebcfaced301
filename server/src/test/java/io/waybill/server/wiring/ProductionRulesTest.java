package io.waybill.server.wiring;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.StartupFailure;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProductionRulesTest {
  private static final Map<String, String> FIT =
      Map.of(
          "WAYBILL_RECEIPT_KEY", "/run/secrets/receipt-key.pem",
          "WAYBILL_WEBHOOK_KEY", "of our own",
          "WAYBILL_ENVIRONMENT", "production",
          "WAYBILL_DATABASE_PASSWORD", "of our own",
          "WAYBILL_STORAGE_ENDPOINT", "http://minio.internal:9000",
          "WAYBILL_STORAGE_PUBLIC_ENDPOINT", "https://s3.example.com",
          "WAYBILL_STORAGE_ACCESS_KEY", "of-our-own",
          "WAYBILL_STORAGE_SECRET_KEY", "of our own",
          "WAYBILL_MQTT_TLS", "true",
          "WAYBILL_MQTT_PASSWORD", "of our own");

  @TempDir Path folder;

  private void check(Map<String, String> environment) {
    ProductionRules.check(Configuration.load(environment, folder));
  }

  @Test
  void a_developers_machine_may_do_anything() {
    assertThatCode(() -> check(Map.of("WAYBILL_HTTP_CORS_ORIGINS", "*")))
        .doesNotThrowAnyException();
  }

  @Test
  void production_names_every_offence_at_once() {
    assertThatThrownBy(() ->
            check(
                Map.of(
                    "WAYBILL_ENVIRONMENT", "production",
                    "WAYBILL_HTTP_CORS_ORIGINS", "https://console.example.com,*",
                    "WAYBILL_ALLOW_DEVELOPMENT_SEED", "true")))
        .isInstanceOf(StartupFailure.class)
        .message()
        .contains(
            "WAYBILL_STORAGE_ENDPOINT is not https",
            "WAYBILL_MQTT_TLS is false",
            "WAYBILL_HTTP_CORS_ORIGINS lets every web page in",
            "WAYBILL_DATABASE_PASSWORD is the published default",
            "WAYBILL_STORAGE_ACCESS_KEY is the published default",
            "WAYBILL_STORAGE_SECRET_KEY is the published default",
            "WAYBILL_MQTT_PASSWORD is the published default",
            "WAYBILL_RECEIPT_KEY is the published default",
            "WAYBILL_WEBHOOK_KEY is the published default",
            "WAYBILL_ALLOW_DEVELOPMENT_SEED is true")
        .doesNotContain("local_only", "MC4CAQAwBQYDK2Vw");
  }

  @Test
  void production_that_is_fit_for_it_starts() {
    assertThatCode(() -> check(FIT)).doesNotThrowAnyException();

    Map<String, String> clear = new HashMap<>(FIT);
    clear.put("WAYBILL_STORAGE_PUBLIC_ENDPOINT", "http://s3.example.com");
    assertThatThrownBy(() -> check(clear))
        .hasMessageContaining("WAYBILL_STORAGE_PUBLIC_ENDPOINT is not https");
  }
}
