package io.waybill.core.memory;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.quota.Drift;
import io.waybill.core.quota.QuotaStore;
import io.waybill.core.quota.TenantQuota;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tenant is there when it has a project. */
record MemoryQuotas(MemoryTransaction tx) implements QuotaStore {

  private static final Table<UUID, Long> BOUNDS = Table.of("tenant_bounds");

  @Override
  public Optional<TenantQuota> find(UUID tenantId) {
    List<UUID> projects = projects(tenantId);
    if (projects.isEmpty()) {
      return Optional.empty();
    }
    Collection<ProjectUsage> taken = new MemoryProjects(tx).usage(projects).values();
    return Optional.of(
        new TenantQuota(
            bound(tenantId),
            taken.stream().mapToLong(ProjectUsage::usedBytes).sum(),
            taken.stream().mapToLong(ProjectUsage::reservedBytes).sum()));
  }

  private @Nullable Long bound(UUID tenantId) {
    Long bound = tx.of(BOUNDS).get(tenantId);
    return bound == null || bound == 0 ? null : bound;
  }

  @Override
  public boolean lock(UUID tenantId) {
    return !projects(tenantId).isEmpty();
  }

  @Override
  public boolean bound(UUID tenantId, @Nullable Long maxBytes) {
    if (projects(tenantId).isEmpty()) {
      return false;
    }
    tx.of(BOUNDS).put(tenantId, maxBytes == null ? 0 : maxBytes);
    return true;
  }

  private List<UUID> projects(UUID tenantId) {
    return tx.of(MemoryProjects.PROJECTS).values().stream()
        .filter(project -> project.tenantId().equals(tenantId))
        .map(Project::projectId)
        .toList();
  }

  @Override
  public List<UUID> tenants(@Nullable UUID after, int limit) {
    return page(
        tx.of(MemoryProjects.PROJECTS).values().stream().map(Project::tenantId), after, limit);
  }

  @Override
  public List<UUID> projects(UUID tenantId, @Nullable UUID after, int limit) {
    return page(projects(tenantId).stream(), after, limit);
  }

  private static List<UUID> page(Stream<UUID> ids, @Nullable UUID after, int limit) {
    return ids.distinct()
        .filter(id -> after == null || id.compareTo(after) > 0)
        .sorted()
        .limit(limit)
        .toList();
  }

  /** Nothing is counted here but the rows themselves. */
  @Override
  public List<Drift> drift(UUID tenantId, @Nullable UUID projectId) {
    return List.of();
  }

  @Override
  public List<Drift> mend(UUID tenantId, @Nullable UUID projectId) {
    return List.of();
  }
}
