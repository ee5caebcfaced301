package io.waybill.core;

/**
 * Every reason for which Waybill refuses. The wire form is what clients switch on and never
 * changes; each transport has one small table from here to its own status.
 */
public enum ErrorCode {
  REQUEST_MALFORMED(
      "request.malformed", Remedy.FIX_REQUEST, "The body is not JSON that we can read."),
  REQUEST_VALIDATION_FAILED(
      "request.validation_failed",
      Remedy.FIX_REQUEST,
      "Fields break rules; `details.errors` lists every one."),
  REQUEST_ROUTE_NOT_FOUND("request.route_not_found", Remedy.FIX_REQUEST, "There is no such route."),
  REQUEST_METHOD_NOT_ALLOWED(
      "request.method_not_allowed",
      Remedy.FIX_REQUEST,
      "The route exists, but not with this method."),
  REQUEST_TOO_LARGE("request.too_large", Remedy.FIX_REQUEST, "The body is larger than the limit."),
  REQUEST_UNSUPPORTED_MEDIA_TYPE(
      "request.unsupported_media_type", Remedy.FIX_REQUEST, "The body must be `application/json`."),
  REQUEST_VERSION_CONFLICT(
      "request.version_conflict",
      Remedy.FIX_REQUEST,
      "The resource changed since it was read; read it again."),
  AUTH_API_KEY_MISSING(
      "auth.api_key_missing", Remedy.FIX_REQUEST, "Send `Authorization: Bearer <api key>`."),
  AUTH_API_KEY_INVALID(
      "auth.api_key_invalid", Remedy.GIVE_UP, "The key or credential is unknown or revoked."),
  AUTH_API_KEY_EXPIRED(
      "auth.api_key_expired",
      Remedy.GIVE_UP,
      "The key or credential has expired; ask for a new one."),
  AUTH_PERMISSION_DENIED(
      "auth.permission_denied",
      Remedy.GIVE_UP,
      "The caller may see the resource but lacks the permission named in `details`."),
  AUTH_TENANT_INACTIVE("auth.tenant_inactive", Remedy.GIVE_UP, "The tenant is not active."),
  DEVICE_INACTIVE(
      "device.inactive", Remedy.GIVE_UP, "The device is disabled, revoked or not yet active."),
  DEVICE_IDENTITY_MISMATCH(
      "device.identity_mismatch",
      Remedy.FIX_REQUEST,
      "A device may only name itself as the source."),
  DEVICE_NOT_FOUND(
      "device.not_found", Remedy.GIVE_UP, "No such device, or not visible to the caller."),
  PROJECT_NOT_FOUND(
      "project.not_found", Remedy.GIVE_UP, "No such project, or not visible to the caller."),
  PROJECT_INACTIVE(
      "project.inactive",
      Remedy.GIVE_UP,
      "The project is archived or deleted and takes no uploads."),
  DATASET_NOT_FOUND(
      "dataset.not_found", Remedy.GIVE_UP, "No such dataset, or not visible to the caller."),
  DATASET_NOT_READY(
      "dataset.not_ready", Remedy.RETRY_LATER, "The dataset has no downloadable object yet."),
  DATASET_UPLOAD_IN_PROGRESS(
      "dataset.upload_in_progress",
      Remedy.RETRY_LATER,
      "The dataset has an upload that is not finished."),
  DATASET_NOT_REPLACEABLE(
      "dataset.not_replaceable", Remedy.GIVE_UP, "The dataset's data is never overwritten."),
  TAG_CATEGORY_NOT_FOUND(
      "tag_category.not_found",
      Remedy.GIVE_UP,
      "No such tag category, or not visible to the caller."),
  TAG_CATEGORY_NAME_TAKEN(
      "tag_category.name_taken",
      Remedy.FIX_REQUEST,
      "The project has another tag category of this name."),
  API_KEY_NOT_FOUND(
      "api_key.not_found", Remedy.GIVE_UP, "No such API key, or not visible to the caller."),
  STORAGE_POLICY_NOT_FOUND(
      "storage_policy.not_found", Remedy.FIX_REQUEST, "No such storage policy for this tenant."),
  UPLOAD_TASK_NOT_FOUND(
      "upload_task.not_found",
      Remedy.GIVE_UP,
      "No such upload task, or not visible to the caller."),
  UPLOAD_OBJECT_NOT_FOUND(
      "upload_object.not_found",
      Remedy.GIVE_UP,
      "No such object in this task, or not visible to the caller."),
  UPLOAD_SESSION_NOT_FOUND(
      "upload_session.not_found", Remedy.GIVE_UP, "No such session, or not visible to the caller."),
  UPLOAD_INVALID_STATE(
      "upload.invalid_state",
      Remedy.GIVE_UP,
      "The session's state does not allow this; `details.current_status` says which it is."),
  UPLOAD_EXPIRED(
      "upload.expired",
      Remedy.GIVE_UP,
      "The session's life is over; extend it while cleanup has not begun, or retry the object."),
  UPLOAD_MISSING_PARTS(
      "upload.missing_parts",
      Remedy.FIX_REQUEST,
      "Storage lacks the parts named in `details`; send them and complete again."),
  UPLOAD_PART_SIZE_MISMATCH(
      "upload.part_size_mismatch",
      Remedy.FIX_REQUEST,
      "Parts in storage have another size than planned; send them again."),
  UPLOAD_PARTS_CHANGED(
      "upload.parts_changed",
      Remedy.RETRY_LATER,
      "Parts were sent again while storage was completing; complete again when no part is on its way."),
  UPLOAD_COMPLETION_IN_PROGRESS(
      "upload.completion_in_progress",
      Remedy.RETRY_LATER,
      "Another call is completing this session right now."),
  UPLOAD_ABORT_IN_PROGRESS(
      "upload.abort_in_progress", Remedy.RETRY_LATER, "The session is being aborted right now."),
  IDEMPOTENCY_KEY_REUSED(
      "idempotency.key_reused_with_different_request",
      Remedy.FIX_REQUEST,
      "This key, or this `request_id`, was used for another request; use a new one."),
  IDEMPOTENCY_REQUEST_IN_PROGRESS(
      "idempotency.request_in_progress",
      Remedy.RETRY_LATER,
      "The first call with this key is still at work."),
  QUOTA_OPEN_UPLOADS_EXCEEDED(
      "quota.open_uploads_exceeded",
      Remedy.RETRY_LATER,
      "Too many uploads or tasks are open; finish or abort some."),
  RATE_LIMIT_EXCEEDED(
      "rate_limit.exceeded",
      Remedy.RETRY_LATER,
      "Too many requests at once; nothing was done, try again."),
  STORAGE_REFUSED(
      "storage.refused",
      Remedy.RETRY_LATER,
      "Storage refuses us: a key, a right or a bucket, which its operator can mend; nothing is lost, try again. In the `last_error` of an object: storage takes no such object."),
  STORAGE_UPLOAD_MISSING(
      "storage.upload_missing",
      Remedy.GIVE_UP,
      "Storage no longer knows the upload; retry the object."),
  STORAGE_UNAVAILABLE(
      "storage.unavailable",
      Remedy.RETRY_LATER,
      "Storage did not answer; nothing is lost, try again."),
  DATABASE_UNAVAILABLE(
      "database.unavailable",
      Remedy.RETRY_LATER,
      "The database did not answer; nothing is lost, try again."),
  MQTT_MALFORMED(
      "mqtt.malformed", Remedy.FIX_REQUEST, "The payload is not a readable command envelope."),
  MQTT_UNKNOWN_COMMAND(
      "mqtt.unknown_command",
      Remedy.FIX_REQUEST,
      "No such command; `details.known_commands` lists them."),
  MQTT_REQUEST_TOO_LARGE(
      "mqtt.request_too_large", Remedy.FIX_REQUEST, "The payload is larger than the limit."),
  /**
   * The answer cannot be made to fit max_response_bytes; details.needed_bytes says what it takes.
   */
  MQTT_RESPONSE_TOO_LARGE(
      "mqtt.response_too_large",
      Remedy.FIX_REQUEST,
      "The answer cannot be made to fit `max_response_bytes`; `details.needed_bytes` says what it takes."),
  MQTT_RESPONSE_TOPIC_FORBIDDEN(
      "mqtt.response_topic_forbidden",
      Remedy.FIX_REQUEST,
      "The Response Topic must be the device's own `upload/response` or below it."),
  INTERNAL(
      "internal.error",
      Remedy.RETRY_LATER,
      "A defect of ours; the log line with this request id says more.");

  /** What the client can do about it. */
  public enum Remedy {
    /** This request will never succeed. */
    GIVE_UP,
    /** Another request will. */
    FIX_REQUEST,
    /** The same request will, later. */
    RETRY_LATER
  }

  private final String code;
  private final Remedy remedy;
  private final String meaning;

  ErrorCode(String code, Remedy remedy, String meaning) {
    this.code = code;
    this.remedy = remedy;
    this.meaning = meaning;
  }

  /** The wire form, such as {@code upload.invalid_state}. */
  public String code() {
    return code;
  }

  public Remedy remedy() {
    return remedy;
  }

  /** One sentence of Markdown for people: what it means and what to do. */
  public String meaning() {
    return meaning;
  }

  public boolean retryable() {
    return remedy == Remedy.RETRY_LATER;
  }
}
