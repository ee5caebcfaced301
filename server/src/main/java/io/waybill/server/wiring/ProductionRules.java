package io.waybill.server.wiring;

import io.waybill.server.config.Configuration;
import io.waybill.server.config.DatabaseSetting;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.ReceiptSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import io.waybill.server.config.WebhookSetting;
import java.util.ArrayList;
import java.util.List;

/** What is only fit for a developer's machine does not start where {@code production} is said. */
final class ProductionRules {
  private static final List<Setting> SECRETS =
      List.of(
          DatabaseSetting.PASSWORD,
          StorageSetting.ACCESS_KEY,
          StorageSetting.SECRET_KEY,
          MqttSetting.PASSWORD,
          ReceiptSetting.KEY,
          WebhookSetting.KEY);

  private ProductionRules() {}

  /** Passes, or fails with every offence at once. */
  static void check(Configuration configuration) {
    if (!configuration.text(ProcessSetting.ENVIRONMENT).equals("production")) {
      return;
    }
    List<String> offences = offences(configuration);
    if (!offences.isEmpty()) {
      throw new StartupFailure(
          "this is not fit for WAYBILL_ENVIRONMENT=production:\n  "
              + String.join("\n  ", offences));
    }
  }

  private static List<String> offences(Configuration configuration) {
    List<String> offences = new ArrayList<>();
    Setting storage =
        configuration.text(StorageSetting.PUBLIC_ENDPOINT).isEmpty()
            ? StorageSetting.ENDPOINT
            : StorageSetting.PUBLIC_ENDPOINT;
    if (!"https".equalsIgnoreCase(configuration.uri(storage).getScheme())) {
      offences.add(storage.variable() + " is not https: URLs for devices are signed for it");
    }
    StorageEndpoints.further(configuration)
        .forEach((name, endpoint) -> {
          if (!"https".equalsIgnoreCase(endpoint.external().getScheme())) {
            offences.add("the storage endpoint " + name + " is not https to the public");
          }
        });
    if (!configuration.flag(MqttSetting.TLS)) {
      offences.add(MqttSetting.TLS.variable() + " is false: credentials and URLs go in the clear");
    }
    if (configuration.list(HttpSetting.CORS_ORIGINS).contains("*")) {
      offences.add(HttpSetting.CORS_ORIGINS.variable() + " lets every web page in (*)");
    }
    for (Setting secret : SECRETS) {
      if (configuration.text(secret).equals(secret.standard())) {
        offences.add(secret.variable() + " is the published default");
      }
    }
    if (configuration.flag(ProcessSetting.ALLOW_DEVELOPMENT_SEED)) {
      offences.add(
          ProcessSetting.ALLOW_DEVELOPMENT_SEED.variable()
              + " is true: the seed's secrets are published");
    }
    return offences;
  }
}
