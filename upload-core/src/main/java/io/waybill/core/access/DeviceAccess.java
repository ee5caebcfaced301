package io.waybill.core.access;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What it means that a project is open to a device: grants of these permissions on the project,
 * from the source {@link PermissionGrant#PROJECT_GRANT}. A device meets its own uploads only,
 * whatever it is granted.
 */
public final class DeviceAccess {

  public static final Set<Permission> PERMISSIONS =
      Set.copyOf(
          EnumSet.of(
              Permission.PROJECT_VIEW,
              Permission.DATASET_VIEW,
              Permission.UPLOAD_CREATE,
              Permission.UPLOAD_PRESIGN,
              Permission.UPLOAD_PAUSE,
              Permission.UPLOAD_RESUME,
              Permission.UPLOAD_ABORT,
              Permission.UPLOAD_COMPLETE,
              Permission.UPLOAD_RETRY));

  private static final Set<String> CODES =
      PERMISSIONS.stream().map(Permission::code).collect(toUnmodifiableSet());

  /**
   * What a key that is made for certain devices can do at all: what uploads need. Whose uploads it
   * meets is asked where they are met.
   */
  public static final Set<Permission> OF_KEYS =
      Set.copyOf(
          EnumSet.of(
              Permission.PROJECT_VIEW,
              Permission.DATASET_VIEW,
              Permission.DATASET_UPLOAD,
              Permission.DATASET_DOWNLOAD,
              Permission.UPLOAD_CREATE,
              Permission.UPLOAD_PRESIGN,
              Permission.UPLOAD_PAUSE,
              Permission.UPLOAD_RESUME,
              Permission.UPLOAD_ABORT,
              Permission.UPLOAD_COMPLETE,
              Permission.UPLOAD_RETRY,
              Permission.UPLOAD_CANCEL));

  private DeviceAccess() {}

  /** The grants that open a project. */
  public static List<Grant> to(UUID projectId) {
    return PERMISSIONS.stream()
        .sorted()
        .map(
            one -> new Grant(ResourceKind.PROJECT, projectId, one.code(), Grant.Effect.ALLOW, null))
        .toList();
  }

  /** Whether a grant is one that opens its project. */
  public static boolean opens(Grant grant) {
    return grant.resourceKind() == ResourceKind.PROJECT
        && grant.effect() == Grant.Effect.ALLOW
        && grant.expiresAt() == null
        && CODES.contains(grant.code());
  }
}
