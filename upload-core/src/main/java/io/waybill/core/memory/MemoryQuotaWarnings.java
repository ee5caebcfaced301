package io.waybill.core.memory;

import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStatus;
import io.waybill.core.project.ProjectUsage;
import io.waybill.core.quota.QuotaFill;
import io.waybill.core.quota.QuotaWarningStore;
import io.waybill.core.quota.TenantQuota;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

record MemoryQuotaWarnings(MemoryTransaction tx) implements QuotaWarningStore {

  private static final Table<UUID, Told> TOLD = Table.of("quota_warnings");
  private static final Told NOTHING = new Told(0, 0);

  private record Told(int level, long number) {}

  @Override
  public List<QuotaFill> near(Collection<UUID> tenantIds, @Nullable Long tenantBytes) {
    Stream<QuotaFill> tenants =
        tenantIds.stream().map(id -> tenant(id, tenantBytes)).flatMap(Optional::stream);
    Stream<QuotaFill> projects =
        tx.of(MemoryProjects.PROJECTS).values().stream()
            .filter(project -> tenantIds.contains(project.tenantId()))
            .map(this::project);
    return Stream.concat(tenants, projects)
        .filter(fill -> fill.told() > 0 || fill.isReached(QuotaFill.LOWEST))
        .toList();
  }

  private Optional<QuotaFill> tenant(UUID tenantId, @Nullable Long tenantBytes) {
    Optional<TenantQuota> found = new MemoryQuotas(tx).find(tenantId);
    return found.map(quota ->
        new QuotaFill(
            tenantId,
            null,
            quota.maxBytes() == null ? tenantBytes : quota.maxBytes(),
            quota.usedBytes(),
            quota.reservedBytes(),
            told(tenantId).level()));
  }

  private QuotaFill project(Project project) {
    UUID id = project.projectId();
    ProjectUsage taken =
        new MemoryProjects(tx).usage(List.of(id)).getOrDefault(id, ProjectUsage.NONE);
    return new QuotaFill(
        project.tenantId(),
        id,
        project.status() == ProjectStatus.DELETED ? null : project.rules().maxBytes(),
        taken.usedBytes(),
        taken.reservedBytes(),
        told(id).level());
  }

  private Told told(UUID ownerId) {
    Told last = tx.of(TOLD).get(ownerId);
    return last == null ? NOTHING : last;
  }

  @Override
  public OptionalLong tell(QuotaFill fill) {
    Told last = told(fill.ownerId());
    if (last.level() != fill.told()) {
      return OptionalLong.empty();
    }
    long number = fill.level() > last.level() ? last.number() + 1 : last.number();
    tx.of(TOLD).put(fill.ownerId(), new Told(fill.level(), number));
    return OptionalLong.of(number);
  }
}
