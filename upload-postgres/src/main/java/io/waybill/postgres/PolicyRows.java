package io.waybill.postgres;

import io.waybill.core.policy.Policy;
import io.waybill.core.policy.PolicyProfile;
import io.waybill.core.policy.PolicyProfile.Lives;
import io.waybill.core.policy.PolicyProfile.Place;
import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.storage.ChecksumMode;
import io.waybill.core.storage.EncryptionMode;
import io.waybill.core.storage.ObjectLockMode;
import io.waybill.core.storage.Protection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rows of {@code storage_policies}, whole. */
final class PolicyRows {
  static final String COLUMNS =
      """
      y.id, y.tenant_id, y.name, y.status, y.is_default, y.endpoint_ref, y.bucket, y.region,
      y.default_part_size_bytes, y.url_life_seconds, y.session_life_seconds, y.max_session_life_seconds,
      y.retention_days, y.checksum_mode, y.encryption_mode, y.kms_key_ref, y.object_lock_mode, y.object_lock_days,
      y.legal_hold_default, to_jsonb(y.content_types) as content_types, y.validation_required,
      y.instant_upload_allowed, y.version, y.created_at, y.updated_at\
      """;

  private PolicyRows() {}

  static Policy policy(Row row) {
    return new Policy(
        row.id("id"),
        row.id("tenant_id"),
        new PolicyProfile(
            row.text("name"),
            row.symbol("status", PolicyStatus.class),
            row.flag("is_default"),
            new Place(row.text("endpoint_ref"), row.text("bucket"), row.textOrNull("region")),
            row.number("default_part_size_bytes"),
            lives(row),
            protection(row, "legal_hold_default"),
            row.list("content_types", String.class),
            row.flag("validation_required"),
            row.flag("instant_upload_allowed")),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }

  private static Lives lives(Row row) {
    return new Lives(
        row.number("url_life_seconds"),
        secondsOrNull(row, "session_life_seconds"),
        secondsOrNull(row, "max_session_life_seconds"),
        countOrNull(row, "retention_days"));
  }

  static Protection protection(Row row, String legalHold) {
    return new Protection(
        row.symbol("checksum_mode", ChecksumMode.class),
        row.symbol("encryption_mode", EncryptionMode.class),
        row.textOrNull("kms_key_ref"),
        row.symbol("object_lock_mode", ObjectLockMode.class),
        countOrNull(row, "object_lock_days"),
        row.flag(legalHold));
  }

  /** The columns of a session that say the same. */
  static void put(Map<String, @Nullable Object> row, Protection protection) {
    row.put("checksum_mode", protection.checksum());
    row.put("encryption_mode", protection.encryption());
    row.put("kms_key_ref", protection.kmsKeyRef());
    row.put("object_lock_mode", protection.lock());
    row.put("object_lock_days", protection.lockDays());
    row.put("legal_hold", protection.legalHold());
  }

  private static @Nullable Long secondsOrNull(Row row, String column) {
    return row.isNull(column) ? null : Long.valueOf(row.number(column));
  }

  private static @Nullable Integer countOrNull(Row row, String column) {
    return row.isNull(column) ? null : Integer.valueOf(row.count(column));
  }
}
