package io.waybill.core;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Every rule that one field can break; {@code docs/errors.md} lists them from here. */
public enum EntryCode {
  REQUEST_UNKNOWN_FIELD("request.unknown_field", "is none that this request has"),
  REQUEST_FIELD_REQUIRED("request.field_required", "must be given"),
  REQUEST_FIELD_TYPE("request.field_type", "is of another JSON type"),
  REQUEST_FIELD_INVALID(
      "request.field_invalid",
      "has a value that it cannot have; of `metadata`: holds text with NUL or half "
          + "a surrogate pair, null in a list, or a number that is neither a whole number "
          + "of 64 bits nor exactly what a 64-bit float says in its shortest form"),
  REQUEST_FIELD_TOO_LONG(
      "request.field_too_long", "is longer, or has more entries, than it may have"),
  REQUEST_TOO_MANY("request.too_many", "has more entries than there may be"),
  REQUEST_UNKNOWN_VALUE("request.unknown_value", "is none of the values that there are"),
  REQUEST_OUT_OF_RANGE("request.out_of_range", "is a number that is too small or too large"),
  REQUEST_CONTROL_CHARACTER("request.control_character", "holds control characters"),
  REQUEST_BAD_CURSOR("request.bad_cursor", "is no `next_cursor` of this list"),
  REQUEST_CONFLICT("request.conflict", "contradicts another field"),
  METADATA_BAD_KEY(
      "metadata.bad_key", "has a key that is empty, too long, or holds what a key may not"),
  METADATA_TOO_LARGE("metadata.too_large", "is larger, written as JSON, than metadata may be"),
  METADATA_SECRET_KEY("metadata.secret_key", "has a key that looks like that of a secret"),
  METADATA_SECRET_VALUE(
      "metadata.secret_value",
      "looks like a secret: a signed URL, a bearer token, a private key; of names, "
          + "descriptions, labels, tags and reasons, too"),
  METADATA_BAD_SCHEMA("metadata.bad_schema", "is no JSON Schema that can be held against metadata"),
  METADATA_SCHEMA_MISMATCH(
      "metadata.schema_mismatch", "does not match the schema that the project has for metadata"),
  DEVICE_NOT_FOUND(
      "device.not_found", "names a device that is not there, or not visible to the caller"),
  TAG_NOT_FOUND("tag.not_found", "names a tag that the project does not have"),
  TAG_CATEGORY_NOT_FOUND(
      "tag_category.not_found", "names a tag category that the project does not have"),
  STORAGE_POLICY_NOT_FOUND(
      "storage_policy.not_found",
      "names a storage policy that is not there, or not visible to the caller"),
  STORAGE_POLICY_CAPABILITY_MISSING(
      "storage_policy.capability_missing",
      "asks for what the store was found not to do in this bucket"),
  STORAGE_POLICY_CAPABILITY_UNKNOWN(
      "storage_policy.capability_unknown",
      "asks for what nobody has tried yet in this bucket: probe the store"),
  STORAGE_POLICY_DEFAULT_DISABLED(
      "storage_policy.default_disabled",
      "would disable the tenant's default policy, or make a disabled one its " + "default"),
  STORAGE_POLICY_NOT_CONFIGURED(
      "storage_policy.not_configured", "names what the operator's configuration does not have"),
  UPLOAD_EMPTY_FILE(
      "upload.empty_file", "is no size of a file that can be sent: it must have a byte"),
  UPLOAD_FILE_TOO_LARGE("upload.file_too_large", "is larger than a file may be"),
  UPLOAD_PART_SIZE_TOO_SMALL("upload.part_size_too_small", "is smaller than a part may be"),
  UPLOAD_PART_SIZE_TOO_LARGE("upload.part_size_too_large", "is larger than a part may be"),
  UPLOAD_TOO_MANY_PARTS("upload.too_many_parts", "makes, or names, more parts than there may be"),
  UPLOAD_PART_OUT_OF_RANGE("upload.part_out_of_range", "is no number of a part of this upload"),
  UPLOAD_PART_REPEATED("upload.part_repeated", "names a part twice"),
  UPLOAD_PART_NOT_ASKED_FOR(
      "upload.part_not_asked_for", "tells the sum of a part that is not asked for"),
  UPLOAD_PART_SIZE_MISMATCH(
      "upload.part_size_mismatch", "is not the size that the part has in the plan"),
  UPLOAD_BAD_ETAG("upload.bad_etag", "is no ETag"),
  UPLOAD_BAD_CHECKSUM("upload.bad_checksum", "is no SHA-256 in hexadecimal digits"),
  UPLOAD_CHECKSUM_REQUIRED(
      "upload.checksum_required", "lacks the sum that the storage policy wants of each part"),
  UPLOAD_CHECKSUM_INVALID(
      "upload.checksum_invalid", "is no sum of the storage policy's kind in base64"),
  UPLOAD_CHECKSUMS_NOT_SUPPORTED(
      "upload.checksums_not_supported", "tells sums although the storage policy wants none"),
  UPLOAD_CHECKSUM_DIFFERS(
      "upload.checksum_differs", "is not the sum that was told when the upload was made"),
  UPLOAD_BAD_OBJECT_NAME(
      "upload.bad_object_name", "is no name that somebody could save a file under"),
  UPLOAD_BAD_CONTENT_TYPE("upload.bad_content_type", "is no content type"),
  UPLOAD_CONTENT_TYPE_NOT_ALLOWED(
      "upload.content_type_not_allowed", "is none that the storage policy allows"),
  UPLOAD_OBJECT_COUNT("upload.object_count", "has no object, or more than a task may have"),
  UPLOAD_URL_LIFE_OUT_OF_RANGE(
      "upload.url_life_out_of_range", "is shorter or longer than a URL may live"),
  UPLOAD_LIFETIME_EXCEEDED("upload.lifetime_exceeded", "is more than the upload may live"),
  WEBHOOK_ENDPOINT_URL_REFUSED(
      "webhook_endpoint.url_refused",
      "is no URL that may be told of anything, as [webhooks](webhooks.md) says"),
  WEBHOOK_ENDPOINT_UNKNOWN_EVENT_TYPE(
      "webhook_endpoint.unknown_event_type", "is no type of an event that webhooks are told"),
  WEBHOOK_ENDPOINT_TOO_MANY(
      "webhook_endpoint.too_many", "is one endpoint more than a tenant may have");

  private static final Map<String, EntryCode> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(EntryCode::code, one -> one));

  private final String code;
  private final String meaning;

  EntryCode(String code, String meaning) {
    this.code = code;
    this.meaning = meaning;
  }

  /** As it stands in answers. */
  public String code() {
    return code;
  }

  /** What is wrong with a field of which it is said; the field is the subject. */
  public String meaning() {
    return meaning;
  }

  /** The one that is written so. */
  public static Optional<EntryCode> of(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }
}
