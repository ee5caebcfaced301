package io.waybill.core.memory;

import io.waybill.core.access.DeviceAccess;
import io.waybill.core.access.Grant;
import io.waybill.core.access.GrantStore;
import io.waybill.core.access.Identity;
import io.waybill.core.access.PermissionGrant;
import io.waybill.core.access.Resource;
import io.waybill.core.access.Subject;
import io.waybill.core.access.SubjectKind;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

record MemoryGrants(MemoryTransaction tx) implements GrantStore {

  private static final Table<UUID, PermissionGrant> GRANTS = Table.of("permission_grants");

  /** Somebody who is registered, with what was granted since. */
  static Identity granted(MemoryTransaction tx, Identity identity) {
    return granted(tx, identity, Set.of());
  }

  /** The same with what was granted to these groups. */
  static Identity granted(MemoryTransaction tx, Identity identity, Set<UUID> groupIds) {
    return identity.granted(
        tx.of(GRANTS).values().stream()
            .filter(one -> one.tenantId().equals(identity.tenantId()))
            .filter(one ->
                one.subject().equals(identity.subject())
                    || (one.subject().kind() == SubjectKind.GROUP
                        && groupIds.contains(one.subject().id())))
            .map(PermissionGrant::grant)
            .toList());
  }

  /** What somebody has had from the beginning. */
  void register(Identity identity) {
    for (Grant grant : identity.grants()) {
      UUID id = new UUID(0, 1L + rows().values().size());
      String source =
          identity.isDevice() && DeviceAccess.opens(grant)
              ? PermissionGrant.PROJECT_GRANT
              : PermissionGrant.MANUAL;
      rows()
          .put(
              id,
              new PermissionGrant(
                  id, identity.tenantId(), identity.subject(), grant, source, Instant.EPOCH));
    }
  }

  @Override
  public int add(List<PermissionGrant> grants) {
    int added = 0;
    for (PermissionGrant grant : grants) {
      if (same(grant).isEmpty()) {
        rows().put(grant.permissionGrantId(), grant);
        added++;
      }
    }
    return added;
  }

  @Override
  public Optional<PermissionGrant> lock(UUID tenantId, UUID permissionGrantId) {
    return rows().lock(permissionGrantId).filter(grant -> grant.tenantId().equals(tenantId));
  }

  @Override
  public Optional<PermissionGrant> lockSame(PermissionGrant grant) {
    return same(grant).flatMap(known -> rows().lock(known.permissionGrantId()));
  }

  private Optional<PermissionGrant> same(PermissionGrant grant) {
    return rows().values().stream().filter(grant::isSameAs).findFirst();
  }

  @Override
  public void change(PermissionGrant grant) {
    rows().put(grant.permissionGrantId(), grant);
  }

  @Override
  public void delete(PermissionGrant grant) {
    rows().remove(grant.permissionGrantId());
  }

  @Override
  public int take(UUID tenantId, Subject subject, Resource.Node on, String source) {
    List<PermissionGrant> taken =
        rows().values().stream()
            .filter(one -> one.tenantId().equals(tenantId) && one.subject().equals(subject))
            .filter(one -> isOn(one, on) && one.source().equals(source))
            .toList();
    taken.forEach(this::delete);
    return taken.size();
  }

  @Override
  public List<PermissionGrant> list(Query query) {
    return rows().values().stream()
        .filter(one -> one.tenantId().equals(query.tenantId()))
        .filter(one -> query.subject() == null || one.subject().equals(query.subject()))
        .filter(one ->
            query.resourceId() == null
                || (one.grant().resourceKind() == query.resourceKind()
                    && one.grant().resourceId().equals(query.resourceId())))
        .filter(
            one -> query.before() == null || one.permissionGrantId().compareTo(query.before()) < 0)
        .filter(one -> one.grant().existsAt(query.now()))
        .filter(one -> isShown(one, query))
        .sorted(Comparator.comparing(PermissionGrant::permissionGrantId).reversed())
        .limit(query.limit())
        .toList();
  }

  private static boolean isOn(PermissionGrant one, Resource.Node on) {
    return one.grant().resourceKind() == on.kind() && one.grant().resourceId().equals(on.id());
  }

  private boolean isShown(PermissionGrant one, Query query) {
    Resource.Node node = new Resource.Node(one.grant().resourceKind(), one.grant().resourceId());
    Resource on =
        new MemoryResources(tx)
            .find(query.tenantId(), node)
            .orElseGet(() -> new Resource(List.of(node)));
    return on.path().stream().noneMatch(step -> query.denied().contains(step.id()));
  }

  private Rows<UUID, PermissionGrant> rows() {
    return tx.of(GRANTS);
  }
}
