package io.waybill.core.member;

import static java.util.stream.Collectors.toUnmodifiableMap;

import io.waybill.core.access.Permission;
import io.waybill.core.access.PermissionGrant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a member of a project may do there: each role all that the one before it may, and more. A
 * role stands for grants on the project, which are given when it is given; what is added to a role
 * later is therefore given to its members by a migration.
 */
public enum MemberRole {
  /** Looks at everything, and takes data home. */
  VIEWER(
      Set.of(
          Permission.PROJECT_VIEW,
          Permission.PROJECT_MEMBERS_VIEW,
          Permission.DATASET_VIEW,
          Permission.DATASET_DOWNLOAD,
          Permission.DEVICE_VIEW)),
  /** Brings data in, itself or by telling devices to. */
  OPERATOR(
      VIEWER,
      Set.of(
          Permission.DATASET_CREATE,
          Permission.DATASET_UPLOAD,
          Permission.UPLOAD_CREATE,
          Permission.UPLOAD_PRESIGN,
          Permission.UPLOAD_PAUSE,
          Permission.UPLOAD_RESUME,
          Permission.UPLOAD_ABORT,
          Permission.UPLOAD_COMPLETE,
          Permission.UPLOAD_RETRY,
          Permission.UPLOAD_CANCEL,
          Permission.DEVICE_COMMAND)),
  /** Keeps data and devices in order, and throws nothing away for good. */
  MAINTAINER(
      OPERATOR,
      Set.of(
          Permission.DATASET_UPDATE,
          Permission.DATASET_ARCHIVE,
          Permission.DATASET_DELETE,
          Permission.DATASET_RESTORE,
          Permission.DATASET_VALIDATE,
          Permission.TAG_CREATE,
          Permission.TAG_UPDATE,
          Permission.TAG_DELETE,
          Permission.DEVICE_CREATE,
          Permission.DEVICE_UPDATE,
          Permission.DEVICE_DISABLE,
          Permission.DEVICE_CREDENTIALS_ROTATE,
          Permission.DEVICE_CREDENTIALS_REVOKE)),
  /** Answers for the project: who works in it, what is kept and what is destroyed. */
  OWNER(
      MAINTAINER,
      Set.of(
          Permission.PROJECT_UPDATE,
          Permission.PROJECT_DELETE,
          Permission.PROJECT_MEMBERS_MANAGE,
          Permission.DATASET_PURGE,
          Permission.DATASET_QUARANTINE_RELEASE,
          Permission.DATASET_LEGAL_HOLD,
          Permission.PERMISSION_GRANT_VIEW,
          Permission.PERMISSION_GRANT_CREATE,
          Permission.PERMISSION_GRANT_DELETE));

  /** All of them, by their words: {@code viewer}, {@code operator}, … */
  public static final Map<String, MemberRole> WORDS =
      Stream.of(values()).collect(toUnmodifiableMap(MemberRole::word, role -> role));

  @SuppressWarnings("ImmutableEnumChecker") // Set.copyOf gives no set that changes
  private final Set<Permission> permissions;

  MemberRole(Set<Permission> permissions) {
    this.permissions = Set.copyOf(permissions);
  }

  MemberRole(MemberRole less, Set<Permission> more) {
    EnumSet<Permission> all = EnumSet.copyOf(less.permissions);
    all.addAll(more);
    this.permissions = Set.copyOf(all);
  }

  public Set<Permission> permissions() {
    return permissions;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The source of the grants that it stands for. */
  public String source() {
    return PermissionGrant.ofRole(word());
  }

  /** The role of this word, which is one. */
  public static MemberRole of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
