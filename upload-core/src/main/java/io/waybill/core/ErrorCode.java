package io.waybill.core;

import static io.waybill.core.Remedy.FIX_REQUEST;
import static io.waybill.core.Remedy.GIVE_UP;
import static io.waybill.core.Remedy.RETRY_LATER;

/**
 * Every reason for which Waybill refuses. The wire form is what clients switch on and never
 * changes; each transport has one small table from here to its own status.
 */
public enum ErrorCode {
  REQUEST_MALFORMED("request.malformed", FIX_REQUEST, "The body is not JSON that we can read."),
  REQUEST_VALIDATION_FAILED(
      "request.validation_failed",
      FIX_REQUEST,
      "Fields break rules; `details.errors` lists every one."),
  REQUEST_ROUTE_NOT_FOUND("request.route_not_found", FIX_REQUEST, "There is no such route."),
  REQUEST_METHOD_NOT_ALLOWED(
      "request.method_not_allowed", FIX_REQUEST, "The route exists, but not with this method."),
  REQUEST_TOO_LARGE("request.too_large", FIX_REQUEST, "The body is larger than the limit."),
  REQUEST_UNSUPPORTED_MEDIA_TYPE(
      "request.unsupported_media_type", FIX_REQUEST, "The body must be `application/json`."),
  REQUEST_VERSION_CONFLICT(
      "request.version_conflict",
      FIX_REQUEST,
      "The resource changed since it was read; read it again."),
  AUTH_API_KEY_MISSING(
      "auth.api_key_missing", FIX_REQUEST, "Send `Authorization: Bearer <api key>`."),
  AUTH_API_KEY_INVALID(
      "auth.api_key_invalid",
      GIVE_UP,
      "The key or credential is unknown or revoked, or the token is not valid here."),
  AUTH_API_KEY_EXPIRED(
      "auth.api_key_expired",
      GIVE_UP,
      "The key, credential or token has expired; ask for a new one."),
  AUTH_ISSUER_UNAVAILABLE(
      "auth.issuer_unavailable",
      RETRY_LATER,
      "The token cannot be checked: its issuer does not tell its keys; try again soon."),
  AUTH_PERMISSION_DENIED(
      "auth.permission_denied",
      GIVE_UP,
      "The caller may see the resource but lacks the permission named in `details`."),
  AUTH_TENANT_INACTIVE("auth.tenant_inactive", GIVE_UP, "The tenant is not active."),
  DEVICE_INACTIVE("device.inactive", GIVE_UP, "The device is disabled, revoked or not yet active."),
  DEVICE_IDENTITY_MISMATCH(
      "device.identity_mismatch", FIX_REQUEST, "A device may only name itself as the source."),
  DEVICE_NOT_FOUND("device.not_found", GIVE_UP, "No such device, or not visible to the caller."),
  DEVICE_CODE_TAKEN(
      "device.code_taken", FIX_REQUEST, "The tenant has another device with this code."),
  DEVICE_INVALID_STATE(
      "device.invalid_state",
      GIVE_UP,
      "The device's state does not allow this; `details.current_status` says which it is."),
  DEVICE_COMMAND_NOT_FOUND(
      "device_command.not_found",
      GIVE_UP,
      "No such command of this device, or not visible to the caller."),
  PROJECT_NOT_FOUND("project.not_found", GIVE_UP, "No such project, or not visible to the caller."),
  PROJECT_INACTIVE(
      "project.inactive", GIVE_UP, "The project is archived or deleted and takes no uploads."),
  PROJECT_SLUG_TAKEN(
      "project.slug_taken", FIX_REQUEST, "The tenant has another project with this slug."),
  PROJECT_NOT_EMPTY(
      "project.not_empty",
      FIX_REQUEST,
      "Datasets or devices are left in the project; purge and delete them first."),
  DATASET_NOT_FOUND("dataset.not_found", GIVE_UP, "No such dataset, or not visible to the caller."),
  DATASET_NOT_READY(
      "dataset.not_ready", RETRY_LATER, "The dataset has no downloadable object yet."),
  DATASET_UPLOAD_IN_PROGRESS(
      "dataset.upload_in_progress", RETRY_LATER, "The dataset has an upload that is not finished."),
  DATASET_NOT_REPLACEABLE(
      "dataset.not_replaceable", GIVE_UP, "The dataset's data is never overwritten."),
  DATASET_PURGE_DENIED(
      "dataset.purge_denied",
      GIVE_UP,
      "Something keeps the dataset: `details.kept_by` names all of it."),
  DATASET_INVALID_STATE(
      "dataset.invalid_state", GIVE_UP, "The dataset's state does not allow this."),
  TAG_CATEGORY_NOT_FOUND(
      "tag_category.not_found", GIVE_UP, "No such tag category, or not visible to the caller."),
  TAG_CATEGORY_NAME_TAKEN(
      "tag_category.name_taken", FIX_REQUEST, "The project has another tag category of this name."),
  TAG_NOT_FOUND("tag.not_found", GIVE_UP, "No such tag, or not visible to the caller."),
  TAG_NAME_TAKEN("tag.name_taken", FIX_REQUEST, "The project has another tag of this name."),
  API_KEY_NOT_FOUND("api_key.not_found", GIVE_UP, "No such API key, or not visible to the caller."),
  PROJECT_MEMBER_NOT_FOUND("project_member.not_found", GIVE_UP, "The project has no such member."),
  PROJECT_MEMBER_EXISTS(
      "project_member.exists",
      FIX_REQUEST,
      "The subject is a member of the project already; change its role instead."),
  PROJECT_MEMBER_LAST_OWNER(
      "project_member.last_owner",
      FIX_REQUEST,
      "The last active owner of a project stays one; make another member an owner first."),
  PERMISSION_GRANT_NOT_FOUND(
      "permission_grant.not_found",
      GIVE_UP,
      "No such permission grant, or not visible to the caller."),
  PERMISSION_GRANT_MANAGED(
      "permission_grant.managed",
      FIX_REQUEST,
      "The grant came with a role or with a device's access to a project, and goes with it; `details.source` says which."),
  WEBHOOK_ENDPOINT_NOT_FOUND(
      "webhook_endpoint.not_found", GIVE_UP, "No such webhook endpoint of this tenant."),
  RECOVERY_NOT_FOUND("recovery.not_found", GIVE_UP, "No such recovery of this tenant."),
  OUTBOX_DELIVERY_NOT_FOUND(
      "outbox_delivery.not_found", GIVE_UP, "No such delivery of an event for this tenant."),
  STORAGE_POLICY_NOT_FOUND(
      "storage_policy.not_found", FIX_REQUEST, "No such storage policy for this tenant."),
  STORAGE_POLICY_NAME_TAKEN(
      "storage_policy.name_taken", FIX_REQUEST, "Another policy has this name."),
  UPLOAD_TASK_NOT_FOUND(
      "upload_task.not_found", GIVE_UP, "No such upload task, or not visible to the caller."),
  UPLOAD_OBJECT_NOT_FOUND(
      "upload_object.not_found",
      GIVE_UP,
      "No such object in this task, or not visible to the caller."),
  UPLOAD_SESSION_NOT_FOUND(
      "upload_session.not_found", GIVE_UP, "No such session, or not visible to the caller."),
  UPLOAD_INVALID_STATE(
      "upload.invalid_state",
      GIVE_UP,
      "The session's state does not allow this; `details.current_status` says which it is."),
  UPLOAD_EXPIRED(
      "upload.expired",
      GIVE_UP,
      "The session's life is over; extend it while cleanup has not begun, or retry the object."),
  UPLOAD_MISSING_PARTS(
      "upload.missing_parts",
      FIX_REQUEST,
      "Storage lacks the parts named in `details`; send them and complete again."),
  UPLOAD_PART_SIZE_MISMATCH(
      "upload.part_size_mismatch",
      FIX_REQUEST,
      "Parts in storage have another size than planned, or lack the sum that the storage policy wants; send them again."),
  UPLOAD_PARTS_CHANGED(
      "upload.parts_changed",
      RETRY_LATER,
      "Parts were sent again while storage was completing; complete again when no part is on its way."),
  UPLOAD_COMPLETION_IN_PROGRESS(
      "upload.completion_in_progress",
      RETRY_LATER,
      "Another call is completing this session right now."),
  UPLOAD_ABORT_IN_PROGRESS(
      "upload.abort_in_progress", RETRY_LATER, "The session is being aborted right now."),
  IDEMPOTENCY_KEY_REUSED(
      "idempotency.key_reused_with_different_request",
      FIX_REQUEST,
      "This key, or this `request_id`, was used for another request; use a new one."),
  IDEMPOTENCY_REQUEST_IN_PROGRESS(
      "idempotency.request_in_progress",
      RETRY_LATER,
      "The first call with this key is still at work."),
  QUOTA_BYTES_EXCEEDED(
      "quota.bytes_exceeded",
      FIX_REQUEST,
      "Project or tenant may not hold these files beside what is stored and what open uploads have promised: `details.scope` says which, and what it may hold; remove some, or raise it."),
  QUOTA_OPEN_UPLOADS_EXCEEDED(
      "quota.open_uploads_exceeded",
      RETRY_LATER,
      "Too many uploads or tasks are open; finish or abort some."),
  RATE_LIMIT_EXCEEDED(
      "rate_limit.exceeded",
      RETRY_LATER,
      "Too many requests at once; nothing was done, try again."),
  STORAGE_REFUSED(
      "storage.refused",
      RETRY_LATER,
      "Storage refuses us: a key, a right or a bucket, which its operator can mend; nothing is lost, try again. In the `last_error` of an object: storage takes no such object."),
  STORAGE_KMS_UNAVAILABLE(
      "storage.kms_unavailable", RETRY_LATER, "The key to encrypt with is out of reach."),
  STORAGE_UPLOAD_MISSING(
      "storage.upload_missing", GIVE_UP, "Storage no longer knows the upload; retry the object."),
  STORAGE_BACKPRESSURE(
      "storage.backpressure",
      RETRY_LATER,
      "Storage fails or is slow; nothing new begins there until it is well, and running uploads go on."),
  STORAGE_UNAVAILABLE(
      "storage.unavailable", RETRY_LATER, "Storage did not answer; nothing is lost, try again."),
  DATABASE_UNAVAILABLE(
      "database.unavailable",
      RETRY_LATER,
      "The database did not answer; nothing is lost, try again."),
  MQTT_MALFORMED("mqtt.malformed", FIX_REQUEST, "The payload is not a readable command envelope."),
  MQTT_UNKNOWN_COMMAND(
      "mqtt.unknown_command", FIX_REQUEST, "No such command; `details.known_commands` lists them."),
  MQTT_REQUEST_TOO_LARGE(
      "mqtt.request_too_large", FIX_REQUEST, "The payload is larger than the limit."),
  MQTT_RESPONSE_TOO_LARGE(
      "mqtt.response_too_large",
      FIX_REQUEST,
      "The answer cannot be made to fit `max_response_bytes`; `details.needed_bytes` says what it takes."),
  MQTT_RESPONSE_TOPIC_FORBIDDEN(
      "mqtt.response_topic_forbidden",
      FIX_REQUEST,
      "The Response Topic must be the device's own `upload/response` or below it."),
  INTERNAL(
      "internal.error",
      RETRY_LATER,
      "A defect of ours; the log line with this request id says more.");

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
    return remedy == RETRY_LATER;
  }
}
