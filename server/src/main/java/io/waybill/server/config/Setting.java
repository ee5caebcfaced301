package io.waybill.server.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * One configurable value. {@code waybill.database.url} in {@code application.yaml} is {@code
 * WAYBILL_DATABASE_URL} in the environment, which wins. The defaults are those of the stack that
 * {@code ./waybill up} runs on this machine. Each part of a program has an enum of its own.
 */
public sealed interface Setting
    permits ProcessSetting,
        AuditSetting,
        DatabaseSetting,
        StorageSetting,
        MqttSetting,
        HttpSetting,
        InternalSetting,
        OidcSetting,
        ReceiptSetting,
        WebhookSetting,
        TracesSetting,
        GatewaySetting,
        WorkerSetting,
        LimitSetting {

  /**
   * How a setting is spelt and explained.
   *
   * @param key as it stands in {@code application.yaml}
   * @param standard the value when nothing is configured; may be empty
   * @param meaning for the page that documents it
   */
  record Words(String key, String standard, String meaning) {}

  Words words();

  /** Every setting there is, in the order of the page. */
  static List<Setting> all() {
    return Stream.<Setting[]>of(
            ProcessSetting.values(),
            DatabaseSetting.values(),
            StorageSetting.values(),
            MqttSetting.values(),
            HttpSetting.values(),
            InternalSetting.values(),
            OidcSetting.values(),
            AuditSetting.values(),
            ReceiptSetting.values(),
            WebhookSetting.values(),
            TracesSetting.values(),
            GatewaySetting.values(),
            WorkerSetting.values(),
            LimitSetting.values())
        .flatMap(Stream::of)
        .toList();
  }

  /** As it stands in {@code application.yaml}. */
  default String key() {
    return words().key();
  }

  /** As it stands in the environment. */
  default String variable() {
    return key().replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /** The value when nothing is configured; may be empty. */
  default String standard() {
    return words().standard();
  }

  /** For the page that documents it. */
  default String meaning() {
    return words().meaning();
  }
}
