package io.waybill.server.wiring;

import io.waybill.core.storage.UrlLife;
import io.waybill.core.upload.Limits;
import io.waybill.core.upload.PartPlan;
import io.waybill.server.config.Configuration;
import io.waybill.server.config.HttpSetting;
import io.waybill.server.config.LimitSetting;
import io.waybill.server.config.MqttSetting;
import io.waybill.server.config.Setting;
import io.waybill.server.config.StartupFailure;
import io.waybill.server.config.StorageSetting;
import io.waybill.wire.WireLimits;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The lifecycle's limits as an operator set them. */
final class ConfiguredLimits {
  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final int LONGEST_URL_LIFE = 7 * 24 * 3600; // S3's own bound
  private static final int SHORTEST_SESSION = 60;
  private static final int LONGEST_SESSION = 30 * 24 * 3600;

  private static final Pattern AGE = Pattern.compile("([1-9][0-9]{0,3})([hd])");

  private ConfiguredLimits() {}

  static Limits of(Configuration configuration) {
    return new Limits(
        new Limits.Batches(
            configuration.number(LimitSetting.PRESIGN_PARTS, 1, 1000),
            configuration.number(LimitSetting.ACKNOWLEDGE_PARTS, 1, 10_000),
            configuration.number(LimitSetting.TASK_OBJECTS, 1, 100)),
        new Limits.Openings(
            configuration.number(LimitSetting.TENANT_OPEN_UPLOADS, 1, UNBOUNDED),
            configuration.number(LimitSetting.DEVICE_OPEN_UPLOADS, 1, UNBOUNDED),
            configuration.number(LimitSetting.PROJECT_OPEN_TASKS, 1, UNBOUNDED),
            configuration.number(LimitSetting.TENANT_UNVALIDATED, 1, 10_000)),
        urlLife(configuration),
        sessionLife(configuration),
        new Limits.Sizes(
            configuration.largeNumber(LimitSetting.MAX_FILE_BYTES, 1, PartPlan.MAX_FILE_BYTES),
            httpBodyBytes(configuration),
            mqttPayloadBytes(configuration),
            configuration.number(LimitSetting.METADATA_BYTES, 2, 256 * 1024),
            configuration.number(LimitSetting.METADATA_KEY_CHARS, 1, WireLimits.NAME_CHARS)),
        new Limits.Rates(
            configuration.number(LimitSetting.TENANT_PRESIGNS_PER_MINUTE, 1, 1_000_000),
            configuration.number(LimitSetting.DEVICE_PRESIGNS_PER_MINUTE, 1, 1_000_000)),
        quotas(configuration));
  }

  private static Limits.Quotas quotas(Configuration configuration) {
    long bytes = configuration.largeNumber(LimitSetting.TENANT_BYTES, 0, Long.MAX_VALUE);
    return bytes == 0 ? Limits.Quotas.NONE : new Limits.Quotas(bytes);
  }

  static int httpBodyBytes(Configuration configuration) {
    return configuration.number(HttpSetting.MAX_BODY_BYTES, 1 << 10, WireLimits.DOCUMENT_BYTES);
  }

  static int mqttPayloadBytes(Configuration configuration) {
    return configuration.number(
        MqttSetting.MAX_PAYLOAD_BYTES, 1 << 10, WireLimits.MQTT_PAYLOAD_BYTES);
  }

  private static Limits.SessionLife sessionLife(Configuration configuration) {
    Setting usually = LimitSetting.DEFAULT_SESSION_LIFE_SECONDS;
    Setting atMost = LimitSetting.MAX_SESSION_LIFE_SECONDS;
    Duration usual = sessionLife(configuration, usually);
    Duration longest = sessionLife(configuration, atMost);
    if (usual.compareTo(longest) > 0) {
      throw crossed(usually, atMost);
    }
    return new Limits.SessionLife(usual, longest);
  }

  /** As it was set, or as it is by itself, if the store keeps uploads for so long. */
  private static Duration sessionLife(Configuration configuration, Setting setting) {
    Duration life = seconds(configuration, setting, SHORTEST_SESSION, LONGEST_SESSION);
    Duration kept = keptByStore(configuration);
    if (kept.compareTo(life) >= 0) {
      return life;
    }
    if (configuration.isConfigured(setting)) {
      throw crossed(setting, StorageSetting.INCOMPLETE_UPLOAD_MAX_AGE);
    }
    return kept;
  }

  /** How long the store keeps an upload that is not complete; null where it keeps it. */
  static @Nullable Duration purgeAge(Configuration configuration) {
    return configuration.text(StorageSetting.INCOMPLETE_UPLOAD_MAX_AGE).isEmpty()
        ? null
        : keptByStore(configuration);
  }

  private static Duration keptByStore(Configuration configuration) {
    String age = configuration.text(StorageSetting.INCOMPLETE_UPLOAD_MAX_AGE);
    if (age.isEmpty()) {
      return Duration.ofSeconds(LONGEST_SESSION);
    }
    Matcher matcher = AGE.matcher(age);
    if (!matcher.matches()) {
      throw new StartupFailure(
          "%s must be hours or days, such as 24h or 30d, not %s"
              .formatted(StorageSetting.INCOMPLETE_UPLOAD_MAX_AGE.variable(), age));
    }
    long number = Long.parseLong(matcher.group(1));
    return matcher.group(2).equals("d") ? Duration.ofDays(number) : Duration.ofHours(number);
  }

  private static UrlLife urlLife(Configuration configuration) {
    Setting atLeast = LimitSetting.MIN_URL_LIFE_SECONDS;
    Setting atMost = LimitSetting.MAX_URL_LIFE_SECONDS;
    Duration shortest = seconds(configuration, atLeast, 1, LONGEST_URL_LIFE);
    Duration longest = seconds(configuration, atMost, 1, LONGEST_URL_LIFE);
    if (shortest.compareTo(longest) > 0) {
      throw crossed(atLeast, atMost);
    }
    return new UrlLife(shortest, longest);
  }

  private static Duration seconds(
      Configuration configuration, Setting setting, int least, int most) {
    return Duration.ofSeconds(configuration.number(setting, least, most));
  }

  private static StartupFailure crossed(Setting smaller, Setting greater) {
    return new StartupFailure(
        "%s must not be more than %s".formatted(smaller.variable(), greater.variable()));
  }
}
