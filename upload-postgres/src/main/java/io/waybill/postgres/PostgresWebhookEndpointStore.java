package io.waybill.postgres;

import io.waybill.core.webhook.WebhookEndpoint;
import io.waybill.core.webhook.WebhookEndpointStore;
import io.waybill.core.webhook.WebhookSecrets;
import io.waybill.core.webhook.WebhookStatus;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** {@code webhook_endpoints}. */
final class PostgresWebhookEndpointStore implements WebhookEndpointStore {
  private static final String COLUMNS =
      """
      w.id, w.tenant_id, w.url, w.description, to_jsonb(w.event_types) as event_types, w.status, w.secret,
        w.previous_secret, w.previous_secret_until, w.version, w.created_at, w.updated_at\
      """;

  private final Db db;

  PostgresWebhookEndpointStore(Db db) {
    this.db = db;
  }

  private static final Sql INSERT =
      Sql.of(
          "webhook_endpoints.insert",
          """
          insert into webhook_endpoints (id, tenant_id, url, description, event_types, status, secret, previous_secret,
            previous_secret_until, version, created_at, updated_at)
          select :id::uuid, t.id, :url::text, :description::text,
            array(select jsonb_array_elements_text(:event_types::jsonb)), :status::webhook_status, :secret::text,
            :previous::text, :previous_until::timestamptz, :version::bigint, :created::timestamptz,
            :updated::timestamptz
          from tenants t
          where t.id = :tenant and (select count(*) from webhook_endpoints o where o.tenant_id = :tenant) < :most
          """);

  @Override
  public boolean insert(WebhookEndpoint endpoint, int most) {
    return db.run(values(INSERT, endpoint).with("created", endpoint.createdAt()).with("most", most))
        == 1;
  }

  private static Sql.Call values(Sql sql, WebhookEndpoint endpoint) {
    return sql.with("id", endpoint.webhookEndpointId())
        .with("tenant", endpoint.tenantId())
        .with("url", endpoint.url())
        .with("description", endpoint.description())
        .with("event_types", Json.write(endpoint.eventTypes()))
        .with("status", endpoint.status())
        .with("secret", endpoint.secrets().current())
        .with("previous", endpoint.secrets().previous())
        .with("previous_until", endpoint.secrets().previousUntil())
        .with("version", endpoint.version())
        .with("updated", endpoint.updatedAt());
  }

  private static final String ONE =
      "select {columns} from webhook_endpoints w where w.tenant_id = :tenant and w.id = :id";

  private static final Sql FIND = sql("webhook_endpoints.find", ONE);

  @Override
  public Optional<WebhookEndpoint> find(UUID tenantId, UUID webhookEndpointId) {
    return one(FIND, tenantId, webhookEndpointId);
  }

  private static final Sql LOCK = sql("webhook_endpoints.lock", ONE + " for no key update");

  @Override
  public Optional<WebhookEndpoint> lock(UUID tenantId, UUID webhookEndpointId) {
    return one(LOCK, tenantId, webhookEndpointId);
  }

  private Optional<WebhookEndpoint> one(Sql sql, UUID tenantId, UUID id) {
    return db.one(
        sql.with("tenant", tenantId).with("id", id), PostgresWebhookEndpointStore::endpoint);
  }

  private static final Sql UPDATE =
      Sql.of(
          "webhook_endpoints.update",
          """
          update webhook_endpoints w set url = :url, description = :description,
            event_types = array(select jsonb_array_elements_text(:event_types::jsonb)),
            status = :status::webhook_status, secret = :secret, previous_secret = :previous::text,
            previous_secret_until = :previous_until::timestamptz, version = :version, updated_at = :updated
          where w.tenant_id = :tenant and w.id = :id
          """);

  @Override
  public void update(WebhookEndpoint endpoint) {
    db.run(values(UPDATE, endpoint));
  }

  private static final Sql DELETE =
      Sql.of(
          "webhook_endpoints.delete",
          "delete from webhook_endpoints w where w.tenant_id = :tenant and w.id = :id");

  @Override
  public void delete(WebhookEndpoint endpoint) {
    db.run(DELETE.with("tenant", endpoint.tenantId()).with("id", endpoint.webhookEndpointId()));
  }

  private static final Sql LIST =
      sql(
          "webhook_endpoints.list",
          """
          select {columns} from webhook_endpoints w
          where w.tenant_id = :tenant and (:before::uuid is null or w.id < :before)
          order by w.id desc limit :limit
          """);

  @Override
  public List<WebhookEndpoint> list(Query query) {
    return db.all(
        LIST.with("tenant", query.tenantId())
            .with("before", query.before())
            .with("limit", query.limit()),
        PostgresWebhookEndpointStore::endpoint);
  }

  private static Sql sql(String name, String text) {
    return Sql.of(name, text.replace("{columns}", COLUMNS));
  }

  private static WebhookEndpoint endpoint(Row row) {
    return new WebhookEndpoint(
        row.id("id"),
        row.id("tenant_id"),
        row.text("url"),
        row.textOrNull("description"),
        row.list("event_types", String.class),
        row.symbol("status", WebhookStatus.class),
        new WebhookSecrets(
            row.text("secret"),
            row.textOrNull("previous_secret"),
            row.timeOrNull("previous_secret_until")),
        row.number("version"),
        row.time("created_at"),
        row.time("updated_at"));
  }
}
