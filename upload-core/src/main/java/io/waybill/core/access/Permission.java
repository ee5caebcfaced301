package io.waybill.core.access;

import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Permission codes: the whole contract, those that no route asks for yet included, so that a grant
 * and a role can name them.
 */
public enum Permission {
  PROJECT_VIEW("project.view"),
  PROJECT_CREATE("project.create"),
  PROJECT_UPDATE("project.update"),
  PROJECT_DELETE("project.delete"),
  PROJECT_MEMBERS_VIEW("project.members.view"),
  PROJECT_MEMBERS_MANAGE("project.members.manage"),
  DATASET_CREATE("dataset.create"),
  DATASET_VIEW("dataset.view"),
  DATASET_UPDATE("dataset.update"),
  DATASET_UPLOAD("dataset.upload"),
  DATASET_DOWNLOAD("dataset.download"),
  DATASET_DELETE("dataset.delete"),
  DATASET_ARCHIVE("dataset.archive"),
  DATASET_RESTORE("dataset.restore"),
  DATASET_PURGE("dataset.purge"),
  DATASET_VALIDATE("dataset.validate"),
  DATASET_QUARANTINE_RELEASE("dataset.quarantine.release"),
  DATASET_LEGAL_HOLD("dataset.legal_hold"),
  DATASET_OBJECT_LOCK_BYPASS("dataset.object_lock_bypass"),
  UPLOAD_CREATE("upload.create"),
  UPLOAD_PRESIGN("upload.presign"),
  UPLOAD_PAUSE("upload.pause"),
  UPLOAD_RESUME("upload.resume"),
  UPLOAD_ABORT("upload.abort"),
  UPLOAD_COMPLETE("upload.complete"),
  UPLOAD_RETRY("upload.retry"),
  UPLOAD_CANCEL("upload.cancel"),
  TAG_CREATE("tag.create"),
  TAG_UPDATE("tag.update"),
  TAG_DELETE("tag.delete"),
  DEVICE_VIEW("device.view"),
  DEVICE_CREATE("device.create"),
  DEVICE_UPDATE("device.update"),
  DEVICE_DISABLE("device.disable"),
  DEVICE_COMMAND("device.command"),
  DEVICE_CREDENTIALS_ROTATE("device.credentials.rotate"),
  DEVICE_CREDENTIALS_REVOKE("device.credentials.revoke"),
  STORAGE_POLICY_VIEW("storage_policy.view"),
  STORAGE_POLICY_MANAGE("storage_policy.manage"),
  AUDIT_VIEW("audit.view"),
  ADMIN_UPLOADS("admin.uploads"),
  API_KEY_VIEW("api_key.view"),
  API_KEY_CREATE("api_key.create"),
  API_KEY_DELETE("api_key.delete"),
  PERMISSION_GRANT_VIEW("permission_grant.view"),
  PERMISSION_GRANT_CREATE("permission_grant.create"),
  PERMISSION_GRANT_DELETE("permission_grant.delete");

  /** All of them, by their codes. */
  public static final Map<String, Permission> CODES =
      Stream.of(values()).collect(toUnmodifiableMap(Permission::code, permission -> permission));

  private final String code;

  Permission(String code) {
    this.code = code;
  }

  /** The wire form, such as {@code upload.presign}. */
  public String code() {
    return code;
  }

  /** The permission of this code; empty when there is none. */
  public static Optional<Permission> of(String code) {
    return Optional.ofNullable(CODES.get(code));
  }
}
