package io.waybill.controlapi.edge;

import io.waybill.core.ErrorCode;
import io.waybill.core.Refusal;

/** The one table from reasons to HTTP statuses. */
public final class ErrorStatus {

  private ErrorStatus() {}

  public static int of(ErrorCode code) {
    return switch (code) {
      case REQUEST_MALFORMED -> 400;
      case AUTH_API_KEY_MISSING, AUTH_API_KEY_INVALID, AUTH_API_KEY_EXPIRED -> 401;
      case AUTH_PERMISSION_DENIED,
          AUTH_TENANT_INACTIVE,
          DEVICE_INACTIVE,
          QUOTA_BYTES_EXCEEDED,
          DEVICE_IDENTITY_MISMATCH ->
          403;
      case REQUEST_ROUTE_NOT_FOUND,
          PROJECT_NOT_FOUND,
          DATASET_NOT_FOUND,
          DEVICE_NOT_FOUND,
          DEVICE_COMMAND_NOT_FOUND,
          TAG_CATEGORY_NOT_FOUND,
          TAG_NOT_FOUND,
          API_KEY_NOT_FOUND,
          PERMISSION_GRANT_NOT_FOUND,
          PROJECT_MEMBER_NOT_FOUND,
          RECOVERY_NOT_FOUND,
          OUTBOX_DELIVERY_NOT_FOUND,
          WEBHOOK_ENDPOINT_NOT_FOUND,
          STORAGE_POLICY_NOT_FOUND,
          UPLOAD_TASK_NOT_FOUND,
          UPLOAD_OBJECT_NOT_FOUND,
          UPLOAD_SESSION_NOT_FOUND ->
          404;
      case REQUEST_METHOD_NOT_ALLOWED -> 405;
      case REQUEST_VERSION_CONFLICT,
          PROJECT_INACTIVE,
          DEVICE_CODE_TAKEN,
          DEVICE_INVALID_STATE,
          PROJECT_SLUG_TAKEN,
          PROJECT_NOT_EMPTY,
          TAG_CATEGORY_NAME_TAKEN,
          PERMISSION_GRANT_MANAGED,
          STORAGE_POLICY_NAME_TAKEN,
          TAG_NAME_TAKEN,
          PROJECT_MEMBER_EXISTS,
          PROJECT_MEMBER_LAST_OWNER,
          DATASET_NOT_READY,
          DATASET_UPLOAD_IN_PROGRESS,
          DATASET_NOT_REPLACEABLE,
          DATASET_PURGE_DENIED,
          DATASET_INVALID_STATE,
          UPLOAD_INVALID_STATE,
          UPLOAD_MISSING_PARTS,
          UPLOAD_PART_SIZE_MISMATCH,
          UPLOAD_PARTS_CHANGED,
          UPLOAD_COMPLETION_IN_PROGRESS,
          UPLOAD_ABORT_IN_PROGRESS,
          STORAGE_UPLOAD_MISSING,
          IDEMPOTENCY_KEY_REUSED,
          IDEMPOTENCY_REQUEST_IN_PROGRESS ->
          409;
      case UPLOAD_EXPIRED -> 410;
      case REQUEST_TOO_LARGE -> 413;
      case REQUEST_UNSUPPORTED_MEDIA_TYPE -> 415;
      case REQUEST_VALIDATION_FAILED -> 422;
      case QUOTA_OPEN_UPLOADS_EXCEEDED, RATE_LIMIT_EXCEEDED -> 429;
      case STORAGE_REFUSED -> 502;
      case STORAGE_UNAVAILABLE,
          STORAGE_BACKPRESSURE,
          STORAGE_KMS_UNAVAILABLE,
          DATABASE_UNAVAILABLE,
          AUTH_ISSUER_UNAVAILABLE ->
          503;
      // Those of the MQTT door cannot be reached from here; one that is would be our defect.
      case INTERNAL,
          MQTT_MALFORMED,
          MQTT_UNKNOWN_COMMAND,
          MQTT_REQUEST_TOO_LARGE,
          MQTT_RESPONSE_TOO_LARGE,
          MQTT_RESPONSE_TOPIC_FORBIDDEN ->
          500;
    };
  }

  /**
   * What {@code Retry-After} says; 0 where the header is not sent, because time alone is no help.
   */
  static long retryAfterSeconds(Refusal refusal) {
    return refusal.code().retryable()
        ? Math.max(1, refusal.retryAfterSeconds())
        : refusal.retryAfterSeconds();
  }
}
