package io.waybill.core.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is granted to whom: the only truth about it. Every query is a tenant's. Who is looked up in
 * {@link IdentityStore} afterwards has what was written here.
 */
public interface GrantStore {

  /** Adds those that are not there yet, and leaves the others as they are; how many it added. */
  int add(List<PermissionGrant> grants);

  /** The grant as it is now. Nobody else changes it until the transaction ends. */
  Optional<PermissionGrant> lock(UUID tenantId, UUID permissionGrantId);

  /** The one that keeps this one from being added, locked. */
  Optional<PermissionGrant> lockSame(PermissionGrant grant);

  /** Writes the end of a locked one. */
  void change(PermissionGrant grant);

  /** Takes away a locked one. */
  void delete(PermissionGrant grant);

  /** Takes back all that a subject has from this source on this very resource; how many it was. */
  int take(UUID tenantId, Subject subject, Resource.Node on, String source);

  /**
   * Newest first; what has expired by then is not there any more. Ids are UUIDv7: their order is
   * the order of creation.
   *
   * @param subject null for everybody's
   * @param resourceKind with {@code resourceId}, this very resource, and none under it; null for
   *     all
   * @param denied left out is what is granted on one of these or under it
   * @param before the last id of the page before; null for the first page
   */
  record Query(
      UUID tenantId,
      @Nullable Subject subject,
      @Nullable ResourceKind resourceKind,
      @Nullable UUID resourceId,
      Set<UUID> denied,
      Instant now,
      @Nullable UUID before,
      int limit) {

    public Query {
      denied = Set.copyOf(denied);
    }
  }

  List<PermissionGrant> list(Query query);
}
