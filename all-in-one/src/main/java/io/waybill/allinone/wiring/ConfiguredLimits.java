package io.waybill.allinone.wiring;

import io.waybill.allinone.config.Configuration;
import io.waybill.allinone.config.Setting;
import io.waybill.allinone.embedded.StartupFailure;
import io.waybill.core.upload.Limits;
import java.time.Duration;

/** The lifecycle's limits as an operator set them. */
final class ConfiguredLimits {
  private static final int UNBOUNDED = Integer.MAX_VALUE;
  private static final int LONGEST_URL_LIFE = 7 * 24 * 3600; // S3's own bound

  private ConfiguredLimits() {}

  static Limits of(Configuration configuration) {
    return new Limits(
        new Limits.Batches(
            configuration.number(Setting.LIMITS_PRESIGN_PARTS, 1, 1000),
            configuration.number(Setting.LIMITS_ACKNOWLEDGE_PARTS, 1, 10_000),
            configuration.number(Setting.LIMITS_TASK_OBJECTS, 1, 100)),
        new Limits.Openings(
            configuration.number(Setting.LIMITS_TENANT_OPEN_UPLOADS, 1, UNBOUNDED),
            configuration.number(Setting.LIMITS_DEVICE_OPEN_UPLOADS, 1, UNBOUNDED),
            configuration.number(Setting.LIMITS_PROJECT_OPEN_TASKS, 1, UNBOUNDED)),
        urlLife(configuration),
        new Limits.Metadata(
            configuration.number(Setting.LIMITS_METADATA_BYTES, 2, 256 * 1024),
            Limits.standard().metadata().keyChars()));
  }

  private static Limits.UrlLife urlLife(Configuration configuration) {
    Duration shortest = life(configuration, Setting.LIMITS_MIN_URL_LIFE_SECONDS);
    Duration longest = life(configuration, Setting.LIMITS_MAX_URL_LIFE_SECONDS);
    if (shortest.compareTo(longest) > 0) {
      throw new StartupFailure(
          "%s must not be more than %s"
              .formatted(
                  Setting.LIMITS_MIN_URL_LIFE_SECONDS.variable(),
                  Setting.LIMITS_MAX_URL_LIFE_SECONDS.variable()));
    }
    return new Limits.UrlLife(shortest, longest);
  }

  private static Duration life(Configuration configuration, Setting setting) {
    return Duration.ofSeconds(configuration.number(setting, 1, LONGEST_URL_LIFE));
  }
}
