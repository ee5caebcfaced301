package io.waybill.postgres;

import io.waybill.core.access.ProjectScope;
import io.waybill.core.project.Project;
import io.waybill.core.project.ProjectStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code projects}. */
final class PostgresProjectStore implements ProjectStore {
  private final Db db;

  PostgresProjectStore(Db db) {
    this.db = db;
  }

  private static final Sql FIND =
      ProjectRows.sql(
          "projects.find",
          "select {project} from projects p where p.tenant_id = :tenant and p.id = :id");

  @Override
  public Optional<Project> find(UUID tenantId, UUID projectId) {
    return db.one(FIND.with("tenant", tenantId).with("id", projectId), ProjectRows::project);
  }

  private static final Sql LIST =
      ProjectRows.sql(
          "projects.list",
          """
          select {project} from projects p
          where p.tenant_id = :tenant and p.status <> 'DELETED'
            and (:all or p.id = any(:only::uuid[])) and p.id <> all(:except::uuid[])
            and (:before::uuid is null or p.id < :before)
          order by p.id desc limit :limit
          """);

  @Override
  public List<Project> list(UUID tenantId, ProjectScope scope, @Nullable UUID before, int limit) {
    return db.all(
        LIST.with("tenant", tenantId)
            .with("all", scope.all())
            .with("only", Sql.array(scope.only()))
            .with("except", Sql.array(scope.except()))
            .with("before", before)
            .with("limit", limit),
        ProjectRows::project);
  }
}
