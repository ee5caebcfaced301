package io.waybill.postgres;

import io.waybill.core.dataset.Twin;
import io.waybill.core.dataset.VerifiedChecksums;
import io.waybill.core.storage.ObjectLocation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** {@code verified_checksums}. */
final class PostgresVerifiedChecksums implements VerifiedChecksums {
  private final Db db;

  PostgresVerifiedChecksums(Db db) {
    this.db = db;
  }

  private static final Sql KEEP =
      Sql.of(
          "verified_checksums.keep",
          """
          insert into verified_checksums (dataset_id, tenant_id, project_id, sha256, size_bytes, etag, version_id,
            verified_at)
          values (:dataset, :tenant, :project, :sha256, :size, :etag, :version, :at)
          on conflict (dataset_id) do update set sha256 = excluded.sha256, size_bytes = excluded.size_bytes,
            etag = excluded.etag, version_id = excluded.version_id, verified_at = excluded.verified_at
          """);

  @Override
  public void keep(Verified verified) {
    db.run(
        KEEP.with("dataset", verified.datasetId())
            .with("tenant", verified.tenantId())
            .with("project", verified.projectId())
            .with("sha256", verified.sha256())
            .with("size", verified.object().sizeBytes())
            .with("etag", verified.object().etag())
            .with("version", verified.object().versionId())
            .with("at", verified.at()));
  }

  private static final Sql TWINS =
      Sql.of(
          "verified_checksums.twins",
          """
          select t.dataset_id, t.sha256, t.size_bytes, t.etag, t.version_id, t.endpoint_ref, t.bucket, t.object_key
          from jsonb_to_recordset(:contents) as c(sha256 text, size_bytes bigint)
          cross join lateral (
            select v.dataset_id, v.sha256, v.size_bytes, v.etag, v.version_id, d.endpoint_ref, d.bucket, d.object_key
            from (
              select v.dataset_id, v.sha256, v.size_bytes, v.etag, v.version_id, v.verified_at
              from verified_checksums v
              where v.tenant_id = :tenant and v.project_id = :project and v.sha256 = c.sha256
                and v.size_bytes = c.size_bytes
              order by v.verified_at desc limit 10) v
            join datasets d on d.id = v.dataset_id
            where d.status = 'READY' and d.endpoint_ref = :endpoint and d.object_etag = v.etag
              and d.object_version_id is not distinct from v.version_id and d.object_size_bytes = v.size_bytes
            order by v.verified_at desc limit 1) t
          """);

  @Override
  public Map<Content, Twin> twins(
      UUID tenantId, UUID projectId, String endpointRef, Set<Content> contents) {
    List<Map.Entry<Content, Twin>> found =
        db.all(
            TWINS
                .with("tenant", tenantId)
                .with("project", projectId)
                .with("endpoint", endpointRef)
                .with("contents", Json.write(contents)),
            PostgresVerifiedChecksums::twin);
    Map<Content, Twin> twins = new HashMap<>();
    found.forEach(entry -> twins.put(entry.getKey(), entry.getValue()));
    return twins;
  }

  private static Map.Entry<Content, Twin> twin(Row row) {
    return Map.entry(
        new Content(row.text("sha256"), row.number("size_bytes")),
        new Twin(
            row.id("dataset_id"),
            row.text("sha256"),
            new ObjectLocation(
                row.text("endpoint_ref"), row.text("bucket"), row.text("object_key")),
            row.textOrNull("version_id"),
            row.text("etag")));
  }
}
