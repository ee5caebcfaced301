package io.waybill.server.wiring;

import io.waybill.core.webhook.WebhookParts;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.ProcessSetting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.WebhookSetting;
import io.waybill.webhooks.AddressRules;
import io.waybill.webhooks.AesSecretBox;
import io.waybill.webhooks.HostResolver;
import io.waybill.webhooks.HttpCourier;

/** What webhooks are made of, as an operator has set it. No failure repeats a key. */
final class Webhooks {
  private Webhooks() {}

  static WebhookParts of(Configuration configuration) {
    return new WebhookParts(
        new HttpCourier(rules(configuration), HostResolver.SYSTEM, Authorities.tls(configuration)),
        box(configuration));
  }

  private static AddressRules rules(Configuration configuration) {
    boolean isDevelopment =
        configuration
            .text(ProcessSetting.ENVIRONMENT)
            .equals(ProcessSetting.ENVIRONMENT.standard());
    try {
      return new AddressRules(isDevelopment, configuration.list(WebhookSetting.ALLOWED_NETWORKS));
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s must be addresses or networks such as 10.1.0.0/16, separated by commas"
              .formatted(WebhookSetting.ALLOWED_NETWORKS.variable()));
    }
  }

  private static AesSecretBox box(Configuration configuration) {
    try {
      return new AesSecretBox(
          configuration.text(WebhookSetting.KEY), configuration.list(WebhookSetting.OLD_KEYS));
    } catch (IllegalArgumentException e) {
      throw new StartupFailure(
          "%s, or one of %s, %s"
              .formatted(
                  WebhookSetting.KEY.variable(),
                  WebhookSetting.OLD_KEYS.variable(),
                  e.getMessage()));
    }
  }
}
