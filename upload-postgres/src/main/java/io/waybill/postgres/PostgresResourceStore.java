package io.waybill.postgres;

import io.waybill.core.access.Resource;
import io.waybill.core.access.ResourceKind;
import io.waybill.core.access.ResourceStore;
import io.waybill.core.access.Subject;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What stands where in the tables of all capabilities. */
final class PostgresResourceStore implements ResourceStore {

  /** The ids of what a grant's resource lies under, its tenant left out; null for none. */
  static final String ABOVE =
      """
      coalesce(case g.resource_kind
        when 'DATASET' then (select array[d.project_id] from datasets d
          where d.tenant_id = g.tenant_id and d.id = g.resource_id)
        when 'UPLOAD_TASK' then (select array[t.project_id] from upload_tasks t
          where t.tenant_id = g.tenant_id and t.id = g.resource_id)
        when 'UPLOAD_SESSION' then (select array[s.project_id, s.dataset_id, s.task_id] from upload_sessions s
          where s.tenant_id = g.tenant_id and s.id = g.resource_id)
        when 'DEVICE' then (select array[d.project_id] from devices d
          where d.tenant_id = g.tenant_id and d.id = g.resource_id)
        when 'TAG_CATEGORY' then (select array[c.project_id] from tag_categories c
          where c.tenant_id = g.tenant_id and c.id = g.resource_id)
        when 'TAG' then (select array[t.project_id] from tags t
          where t.tenant_id = g.tenant_id and t.id = g.resource_id)
      end, '{}')\
      """;

  private final Db db;

  PostgresResourceStore(Db db) {
    this.db = db;
  }

  private static final Map<ResourceKind, Sql> FIND =
      Map.of(
          ResourceKind.TENANT,
          find("tenant", "from tenants r where r.id = :tenant and r.id = :id", ""),
          ResourceKind.PROJECT,
          find("project", "from projects r {where} and r.status <> 'DELETED'", ""),
          ResourceKind.DATASET,
          find(
              "dataset",
              "from datasets r {where} and r.status not in ('DELETED', 'PURGED')",
              ", r.project_id"),
          ResourceKind.UPLOAD_TASK,
          find("upload_task", "from upload_tasks r {where}", ", r.project_id"),
          ResourceKind.UPLOAD_SESSION,
          find(
              "upload_session",
              "from upload_sessions r {where}",
              ", r.project_id, r.dataset_id, r.task_id"),
          ResourceKind.DEVICE,
          find("device", "from devices r {where} and r.status <> 'DELETED'", ", r.project_id"),
          ResourceKind.TAG_CATEGORY,
          find("tag_category", "from tag_categories r {where}", ", r.project_id"),
          ResourceKind.TAG,
          find("tag", "from tags r {where}", ", r.project_id"),
          ResourceKind.STORAGE_POLICY,
          find("storage_policy", "from storage_policies r {where}", ""),
          ResourceKind.API_KEY,
          find("api_key", "from api_keys r {where} and r.revoked_at is null", ""));

  private static Sql find(String name, String from, String above) {
    String text = "select r.id" + above + " " + from;
    return Sql.of(
        "resources.find_" + name,
        text.replace("{where}", "where r.tenant_id = :tenant and r.id = :id"));
  }

  @Override
  public Optional<Resource> find(UUID tenantId, Resource.Node node) {
    return node.kind() == ResourceKind.API_KEY ? Optional.empty() : row(tenantId, node);
  }

  private Optional<Resource> row(UUID tenantId, Resource.Node node) {
    Sql find = FIND.get(node.kind());
    return find == null
        ? Optional.empty()
        : db.one(
            find.with("tenant", tenantId).with("id", node.id()), row -> path(tenantId, node, row));
  }

  private static Resource path(UUID tenantId, Resource.Node node, Row row) {
    return switch (node.kind()) {
      case TENANT -> Resource.tenant(tenantId);
      case PROJECT -> Resource.project(tenantId, node.id());
      case DATASET, UPLOAD_TASK, DEVICE, TAG_CATEGORY, TAG ->
          Resource.project(tenantId, row.id("project_id")).under(node.kind(), node.id());
      case UPLOAD_SESSION ->
          Resource.dataset(tenantId, row.id("project_id"), row.id("dataset_id"))
              .under(ResourceKind.UPLOAD_TASK, row.id("task_id"))
              .under(node.kind(), node.id());
      case DEVICE_COMMAND,
          STORAGE_POLICY,
          UPLOAD_OBJECT,
          API_KEY,
          PERMISSION_GRANT,
          PROJECT_MEMBER,
          OUTBOX_DELIVERY,
          WEBHOOK_ENDPOINT,
          RECOVERY ->
          Resource.tenant(tenantId).under(node.kind(), node.id());
    };
  }

  @Override
  public boolean has(UUID tenantId, Subject subject) {
    return switch (subject.kind()) {
      case USER, GROUP -> true;
      case DEVICE ->
          row(tenantId, new Resource.Node(ResourceKind.DEVICE, subject.id())).isPresent();
      case API_KEY ->
          row(tenantId, new Resource.Node(ResourceKind.API_KEY, subject.id())).isPresent();
    };
  }
}
