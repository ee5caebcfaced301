package io.waybill.controlapi.policy;

import io.waybill.core.policy.PolicyStatus;
import io.waybill.core.policy.usecase.CreatePolicy;
import io.waybill.core.policy.usecase.PolicyFields;
import io.waybill.wire.JsonDocument;
import io.waybill.wire.JsonObjectReader;
import io.waybill.wire.Parsed;
import io.waybill.wire.WireLimits;
import org.jspecify.annotations.Nullable;

/** The bodies that say something of a storage policy. */
final class PolicyBody {
  private static final int CHARS = WireLimits.TEXT_CHARS;

  private PolicyBody() {}

  /** What {@code PATCH …/{storage_policy_id}} asks; what is absent stays as it is. */
  record Patch(PolicyFields fields, @Nullable Long version) {}

  /** Of {@code POST /v1/storage-policies}. */
  static Parsed<CreatePolicy.Request> read(byte[] body) {
    return JsonDocument.read(
        body,
        f -> {
          String name = f.requiredText("name", CHARS);
          String endpointRef = f.requiredText("endpoint_ref", CHARS);
          String bucket = f.requiredText("bucket", CHARS);
          return new CreatePolicy.Request(name, endpointRef, bucket, fields(f));
        });
  }

  /** Of {@code PATCH …}. */
  static Parsed<Patch> patch(byte[] body) {
    return JsonDocument.readOptional(body, f -> new Patch(fields(f), f.number("version")));
  }

  private static PolicyFields fields(JsonObjectReader f) {
    return new PolicyFields(
        f.text("name", CHARS),
        f.oneOf("status", PolicyStatus.values()),
        f.flag("is_default"),
        new PolicyFields.Where(
            f.text("endpoint_ref", CHARS), f.text("bucket", CHARS), f.text("region", CHARS)),
        f.number("default_part_size_bytes"),
        new PolicyFields.HowLong(
            f.number("url_life_seconds"),
            f.number("session_life_seconds"),
            f.number("max_session_life_seconds"),
            f.integer("retention_days")),
        PolicyFields.Guards.of(
            f::oneOf,
            f.text("kms_key_ref", CHARS),
            f.integer("object_lock_days"),
            f.flag("legal_hold_default")),
        f.texts("content_types", CHARS),
        f.flag("validation_required"),
        f.flag("instant_upload_allowed"));
  }
}
