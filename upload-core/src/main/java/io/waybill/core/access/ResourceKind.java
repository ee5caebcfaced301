package io.waybill.core.access;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.waybill.core.ErrorCode;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a caller can be let through to, and what its absence looks like. A grant can be given on all
 * of them but an object, which stands and falls with its task, and a key, which is its tenant's.
 */
public enum ResourceKind {
  /** Its own callers know that it exists, so nothing is said of one that does not. */
  TENANT("tenant_id", ErrorCode.AUTH_PERMISSION_DENIED),
  PROJECT(
      "project_id", ErrorCode.PROJECT_NOT_FOUND, Permission.PROJECT_VIEW, Permission.DATASET_VIEW),
  DATASET("dataset_id", ErrorCode.DATASET_NOT_FOUND, Permission.DATASET_VIEW),
  UPLOAD_TASK("task_id", ErrorCode.UPLOAD_TASK_NOT_FOUND, Permission.DATASET_VIEW),
  UPLOAD_OBJECT("object_id", ErrorCode.UPLOAD_OBJECT_NOT_FOUND, Permission.DATASET_VIEW),
  UPLOAD_SESSION("session_id", ErrorCode.UPLOAD_SESSION_NOT_FOUND, Permission.DATASET_VIEW),
  DEVICE("device_id", ErrorCode.DEVICE_NOT_FOUND, Permission.DEVICE_VIEW),
  DEVICE_COMMAND("command_id", ErrorCode.DEVICE_COMMAND_NOT_FOUND, Permission.DEVICE_VIEW),
  TAG_CATEGORY("tag_category_id", ErrorCode.TAG_CATEGORY_NOT_FOUND, Permission.PROJECT_VIEW),
  TAG("tag_id", ErrorCode.TAG_NOT_FOUND, Permission.PROJECT_VIEW),
  STORAGE_POLICY(
      "storage_policy_id", ErrorCode.STORAGE_POLICY_NOT_FOUND, Permission.STORAGE_POLICY_VIEW),
  API_KEY("api_key_id", ErrorCode.API_KEY_NOT_FOUND, Permission.API_KEY_VIEW),
  PERMISSION_GRANT(
      "permission_grant_id",
      ErrorCode.PERMISSION_GRANT_NOT_FOUND,
      Permission.PERMISSION_GRANT_VIEW),
  PROJECT_MEMBER("subject_id", ErrorCode.PROJECT_MEMBER_NOT_FOUND, Permission.PROJECT_MEMBERS_VIEW),
  OUTBOX_DELIVERY("delivery_id", ErrorCode.OUTBOX_DELIVERY_NOT_FOUND, Permission.ADMIN_UPLOADS),
  WEBHOOK_ENDPOINT(
      "webhook_endpoint_id", ErrorCode.WEBHOOK_ENDPOINT_NOT_FOUND, Permission.ADMIN_UPLOADS),
  RECOVERY("recovery_id", ErrorCode.RECOVERY_NOT_FOUND, Permission.ADMIN_UPLOADS);

  private static final Set<ResourceKind> UNGRANTABLE =
      Set.of(
          UPLOAD_OBJECT,
          DEVICE_COMMAND,
          API_KEY,
          PERMISSION_GRANT,
          PROJECT_MEMBER,
          OUTBOX_DELIVERY,
          WEBHOOK_ENDPOINT,
          RECOVERY);

  /** Those on which a grant can be given, by their words. */
  public static final Map<String, ResourceKind> GRANTABLE =
      Stream.of(values())
          .filter(kind -> !UNGRANTABLE.contains(kind))
          .collect(toUnmodifiableMap(ResourceKind::code, kind -> kind));

  /** All of them, by their words. */
  public static final Map<String, ResourceKind> WORDS =
      Stream.of(values()).collect(toUnmodifiableMap(ResourceKind::code, kind -> kind));

  private final String code = name().toLowerCase(Locale.ROOT);
  private final String idField;
  private final ErrorCode missing;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of copies, and gives no set that changes
  private final Set<Permission> shownBy;

  ResourceKind(String idField, ErrorCode missing, Permission... shownBy) {
    this.idField = idField;
    this.missing = missing;
    this.shownBy = Set.of(shownBy);
  }

  /** {@code session_id}: what its id is called in requests and answers. */
  public String idField() {
    return idField;
  }

  /** What is answered for one that does not exist, and to whom it must not be shown. */
  public ErrorCode missing() {
    return missing;
  }

  /** The permissions of which each lets a caller know that such a resource exists. */
  Set<Permission> shownBy() {
    return shownBy;
  }

  /** {@code upload_session}: as audit rows, events and error details name it. */
  public String code() {
    return code;
  }

  /** {@code upload session}: as sentences name it. */
  public String noun() {
    return code().replace('_', ' ');
  }
}
