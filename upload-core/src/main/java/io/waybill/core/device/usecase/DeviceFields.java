package io.waybill.core.device.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.MetadataRule;
import io.waybill.core.ReadableText;
import io.waybill.core.Refusal;
import io.waybill.core.Verdict;
import io.waybill.core.device.Device;
import io.waybill.core.idempotency.Fingerprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a device; null says nothing.
 *
 * @param deviceType empty takes it away
 * @param metadata the whole of it
 */
public record DeviceFields(
    @Nullable String name,
    @Nullable String deviceCode,
    @Nullable String deviceType,
    @Nullable Map<String, Object> metadata) {

  private static final Pattern CODE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final int NAME_CHARS = 200;
  private static final int TYPE_CHARS = 64;
  static final long LONGEST_LIFE_SECONDS = 315_360_000;

  /** Looks at everything that is said. */
  Verdict<DeviceFields> check(MetadataRule rule, @Nullable Long expiresInSeconds) {
    List<FieldError> errors = new ArrayList<>();
    if (name != null && name.isBlank()) {
      errors.add(new FieldError("name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the device"));
    }
    if (name != null) {
      errors.addAll(ReadableText.check("name", name, NAME_CHARS));
    }
    if (deviceCode != null) {
      checkCode(deviceCode, errors);
    }
    if (deviceType != null) {
      errors.addAll(ReadableText.check("device_type", deviceType, TYPE_CHARS));
    }
    if (metadata != null) {
      rule.check("metadata", metadata, errors);
    }
    checkLife(expiresInSeconds, errors);
    return errors.isEmpty() ? Verdict.ok(this) : Verdict.refused(Refusal.invalid(errors));
  }

  private static void checkCode(String code, List<FieldError> errors) {
    if (!CODE.matcher(code).matches()) {
      errors.add(
          new FieldError(
              "device_code",
              EntryCode.REQUEST_FIELD_INVALID,
              "must be 1 to 128 letters, digits, dots, hyphens and underscores, a letter or a digit"
                  + " first"));
    }
    if (MetadataRule.isSecret(code)) {
      errors.add(MetadataRule.secretIn("device_code"));
    }
  }

  static void checkLife(@Nullable Long seconds, List<FieldError> errors) {
    if (seconds != null && (seconds < 1 || seconds > LONGEST_LIFE_SECONDS)) {
      errors.add(
          new FieldError(
              "expires_in_seconds",
              EntryCode.REQUEST_OUT_OF_RANGE,
              "must be from 1 to " + LONGEST_LIFE_SECONDS));
    }
  }

  Fingerprint addTo(Fingerprint fingerprint) {
    return fingerprint.add(name).add(deviceCode).add(deviceType).add(metadata);
  }

  /** What this makes of what was written before. */
  Device.Profile over(Device.Profile before) {
    return new Device.Profile(
        name == null ? before.name() : name,
        deviceCode == null ? before.deviceCode() : deviceCode,
        deviceType == null ? before.deviceType() : deviceType.isEmpty() ? null : deviceType,
        metadata == null ? before.metadata() : metadata);
  }
}
