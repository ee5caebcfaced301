-- What stands around a tenant that grows: written once, before load.sql.
create function growth_id(base bigint, kind text, n bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex(base + n * 1728), 12, '0') || '7' || kind || '8000' || lpad(to_hex(n), 12, '0'))::uuid
$$;

insert into tenants (id, slug, name, created_at) values ('{tenant}', 'growth', 'A tenant that grows', now());

insert into storage_policies (id, tenant_id, name, is_default, endpoint_ref, bucket, default_part_size_bytes,
  url_life_seconds, session_life_seconds, max_session_life_seconds, created_at, updated_at)
values ('{policy}', '{tenant}', 'default', true, 'default', 'robot-data', 67108864, 900, 86400, 2592000, now(), now());

insert into projects (id, tenant_id, slug, name, created_at, updated_at)
values ('{project}', '{tenant}', 'line-3', 'Line 3', now(), now()),
  ('{other_project}', '{tenant}', 'line-4', 'Line 4', now(), now());

insert into tags (id, tenant_id, project_id, name, created_at, updated_at) values
  ('{rare_tag}', '{tenant}', '{project}', 'rare', now(), now()),
  ('{common_tag}', '{tenant}', '{project}', 'common', now(), now());

insert into api_keys (id, tenant_id, name, prefix, sha256, created_at)
values ('{key}', '{tenant}', 'a key', 'wb_rare', '{key_sha256}', now());

insert into devices (id, tenant_id, project_id, name, device_code, status, created_at, updated_at) values
  ('{robot}', '{tenant}', '{project}', 'robot', 'robot-0', 'ACTIVE', now(), now());

insert into device_credentials (id, tenant_id, device_id, credential_version, sha256, status, issued_at)
values (gen_random_uuid(), '{tenant}', '{robot}', 1, '{robot_sha256}', 'ACTIVE', now());

insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
  source, created_at)
select gen_random_uuid(), '{tenant}', kind::subject_kind, id::uuid, 'PROJECT', '{project}', code, 'ALLOW', 'manual', now()
from (values ('DEVICE', '{robot}'), ('API_KEY', '{key}'), ('USER', '{user}'), ('GROUP', '{group}')) s(kind, id)
cross join unnest(array['project.view', 'dataset.view', 'upload.create', 'upload.presign', 'upload.pause',
  'upload.resume', 'upload.abort', 'upload.complete', 'upload.retry']) code;

do $$ begin perform create_event_partitions(now() - interval '32 days', 4); end $$;
