package io.waybill.core.access;

import io.waybill.core.ErrorCode;
import java.util.Locale;
import java.util.Set;

/** What a grant can be given on, and what its absence looks like. */
public enum ResourceKind {
  /** Its own callers know that it exists, so nothing is said of one that does not. */
  TENANT(ErrorCode.AUTH_PERMISSION_DENIED),
  PROJECT(ErrorCode.PROJECT_NOT_FOUND, Permission.PROJECT_VIEW, Permission.DATASET_VIEW),
  DATASET(ErrorCode.DATASET_NOT_FOUND, Permission.DATASET_VIEW),
  UPLOAD_TASK(ErrorCode.UPLOAD_TASK_NOT_FOUND, Permission.DATASET_VIEW),
  UPLOAD_SESSION(ErrorCode.UPLOAD_SESSION_NOT_FOUND, Permission.DATASET_VIEW),
  DEVICE(ErrorCode.DEVICE_NOT_FOUND, Permission.DEVICE_VIEW),
  TAG_CATEGORY(ErrorCode.REQUEST_ROUTE_NOT_FOUND),
  TAG(ErrorCode.REQUEST_ROUTE_NOT_FOUND),
  STORAGE_POLICY(ErrorCode.STORAGE_POLICY_NOT_FOUND);

  private final ErrorCode missing;

  @SuppressWarnings("ImmutableEnumChecker") // Set.of copies, and gives no set that changes
  private final Set<Permission> shownBy;

  ResourceKind(ErrorCode missing, Permission... shownBy) {
    this.missing = missing;
    this.shownBy = Set.of(shownBy);
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
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@code upload session}: as sentences name it. */
  public String noun() {
    return code().replace('_', ' ');
  }
}
