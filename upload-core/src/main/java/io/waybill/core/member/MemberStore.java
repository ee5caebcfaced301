package io.waybill.core.member;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Members of projects. Every query is a tenant's. */
public interface MemberStore {

  /**
   * Adds one, and holds the project's members as {@link #lock} does; false when the subject is one
   * already, or when there is no such project.
   */
  boolean insert(ProjectMember member);

  /** The member as it is now. Nobody else changes a member of the project until the end. */
  Optional<ProjectMember> lock(UUID tenantId, UUID projectId, UUID subjectId);

  /** Writes role, status, version and time of a locked one. */
  void update(ProjectMember member);

  /** Takes away a locked one. */
  void delete(ProjectMember member);

  /** How many active owners the project of a locked member has. */
  int owners(UUID tenantId, UUID projectId);

  /**
   * Newest first. Ids are UUIDv7: their order is the order of creation.
   *
   * @param before the last member of the page before; null for the first page
   */
  record Query(UUID tenantId, UUID projectId, @Nullable UUID before, int limit) {}

  List<ProjectMember> list(Query query);
}
