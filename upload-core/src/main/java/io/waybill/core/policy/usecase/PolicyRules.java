package io.waybill.core.policy.usecase;

import io.waybill.core.EntryCode;
import io.waybill.core.FieldError;
import io.waybill.core.ReadableText;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Lives;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.storage.UrlLife;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a storage policy may say, whatever the store does. */
final class PolicyRules {
  private static final int NAME_CHARS = 200;
  private static final long MIB = 1L << 20;
  private static final long LEAST_PART_BYTES = 5 * MIB;
  private static final long MOST_PART_BYTES = 5L << 30;
  private static final long LEAST_LIFE = 60;
  private static final long MOST_DAYS = 36_500;
  private static final int MOST_TYPES = 100;
  private static final Pattern TYPE = Pattern.compile("[!-~]+/[!-~]+");
  private static final int TYPE_CHARS = 255;

  private final UrlLife urlLife;
  private final Duration longestUpload;

  PolicyRules(UrlLife urlLife, Duration longestUpload) {
    this.urlLife = urlLife;
    this.longestUpload = longestUpload;
  }

  List<FieldError> check(PolicyProfile profile) {
    List<FieldError> errors = new ArrayList<>();
    name(profile.name(), errors);
    if (profile.isDefault() && profile.status() != PolicyStatus.ACTIVE) {
      errors.add(
          new FieldError(
              "is_default",
              EntryCode.STORAGE_POLICY_DEFAULT_DISABLED,
              "the tenant's default must be active; make another one the default first"));
    }
    partSize(profile.defaultPartSizeBytes(), errors);
    lives(profile.lives(), errors);
    range("object_lock_days", days(profile.protection().lockDays()), 1, MOST_DAYS, errors);
    types(profile.contentTypes(), errors);
    return errors;
  }

  private static void name(String name, List<FieldError> errors) {
    if (name.isBlank()) {
      errors.add(new FieldError("name", EntryCode.REQUEST_FIELD_REQUIRED, "must name the policy"));
    }
    errors.addAll(ReadableText.check("name", name, NAME_CHARS));
  }

  private static void partSize(long bytes, List<FieldError> errors) {
    range("default_part_size_bytes", bytes, LEAST_PART_BYTES, MOST_PART_BYTES, errors);
    if (bytes % MIB != 0) {
      errors.add(
          new FieldError(
              "default_part_size_bytes",
              EntryCode.REQUEST_FIELD_INVALID,
              "must be a whole number of MiB"));
    }
  }

  private void lives(Lives lives, List<FieldError> errors) {
    range(
        "url_life_seconds",
        lives.urlSeconds(),
        urlLife.shortest().toSeconds(),
        urlLife.longest().toSeconds(),
        errors);
    Long usual = lives.sessionSeconds();
    Long longest = lives.maxSessionSeconds();
    range("session_life_seconds", usual, LEAST_LIFE, longestUpload.toSeconds(), errors);
    range("max_session_life_seconds", longest, LEAST_LIFE, longestUpload.toSeconds(), errors);
    if (usual != null && longest != null && usual > longest) {
      errors.add(
          new FieldError(
              "session_life_seconds",
              EntryCode.REQUEST_OUT_OF_RANGE,
              "must be at most max_session_life_seconds"));
    }
    range("retention_days", days(lives.retentionDays()), 1, MOST_DAYS, errors);
  }

  private static void types(List<String> types, List<FieldError> errors) {
    if (types.size() > MOST_TYPES || new HashSet<>(types).size() < types.size()) {
      errors.add(
          new FieldError(
              "content_types",
              EntryCode.REQUEST_OUT_OF_RANGE,
              "must name at most " + MOST_TYPES + " types, each once"));
    }
    for (int i = 0; i < types.size(); i++) {
      if (types.get(i).length() > TYPE_CHARS || !TYPE.matcher(types.get(i)).matches()) {
        errors.add(
            new FieldError(
                "content_types[" + i + "]",
                EntryCode.REQUEST_FIELD_INVALID,
                "must be a type such as application/octet-stream"));
      }
    }
  }

  private static @Nullable Long days(@Nullable Integer days) {
    return days == null ? null : Long.valueOf(days);
  }

  private static void range(
      String field, @Nullable Long value, long least, long most, List<FieldError> errors) {
    if (value != null && (value < least || value > most)) {
      errors.add(
          new FieldError(
              field, EntryCode.REQUEST_OUT_OF_RANGE, "must be from " + least + " to " + most));
    }
  }
}
