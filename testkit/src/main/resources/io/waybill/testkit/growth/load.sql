-- Grows the tenant of registry.sql. Of each kind of row the five from 100 to 104 are what a filter looks for.
set session_replication_role = replica;

insert into devices (id, tenant_id, project_id, name, device_code, status, created_at, updated_at)
select growth_id({base}, '0de', n), '{tenant}', '{project}', 'robot', 'robot-' || n, 'ACTIVE', now(), now()
from generate_series({devices}) n;

insert into device_credentials (id, tenant_id, device_id, credential_version, sha256, status, issued_at)
select growth_id({base}, '0dc', n), '{tenant}', growth_id({base}, '0de', n), 1,
  encode(sha256(('credential ' || n)::bytea), 'hex'), 'ACTIVE', now()
from generate_series({devices}) n;

insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
  source, created_at)
select growth_id({base}, '90' || ordinality, n), '{tenant}', 'DEVICE', growth_id({base}, '0de', n), 'PROJECT',
  '{project}', code, 'ALLOW', 'project_grant', now()
from generate_series({devices}) n
cross join unnest(array['project.view', 'dataset.view', 'upload.create', 'upload.presign', 'upload.pause',
  'upload.resume', 'upload.abort', 'upload.complete', 'upload.retry']) with ordinality code;

insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
  source, created_at)
select growth_id({base}, '90a', n), '{tenant}', 'API_KEY', growth_id({base}, '0ae', n), 'DATASET',
  growth_id({base}, '0d0', n), 'dataset.view', 'ALLOW', 'manual', now()
from generate_series({devices}) n;

insert into api_keys (id, tenant_id, name, prefix, sha256, created_at)
select growth_id({base}, '0ae', n), '{tenant}', 'a key', 'wb_' || n, encode(sha256(('key ' || n)::bytea), 'hex'), now()
from generate_series({devices}) n;

insert into storage_policies (id, tenant_id, name, endpoint_ref, bucket, default_part_size_bytes, url_life_seconds,
  created_at, updated_at)
select growth_id({base}, '0b0', n), '{tenant}', 'policy ' || n, 'default', 'robot-data', 67108864, 900, now(), now()
from generate_series({devices}) n;

insert into projects (id, tenant_id, slug, name, created_at, updated_at)
select growth_id({base}, '0b1', n), '{tenant}', 'line-3-' || n, 'Line 3', now(), now()
from generate_series({devices}) n;

insert into project_members (id, tenant_id, project_id, subject_kind, subject_id, role, created_at, updated_at)
select growth_id({base}, '0b2', n), '{tenant}', '{project}', 'USER', growth_id({base}, '0b3', n),
  case when n between 100 and 104 then 'owner' else 'viewer' end, now(), now()
from generate_series({devices}) n;

insert into tag_categories (id, tenant_id, project_id, name, created_at, updated_at)
select growth_id({base}, '0b4', n), '{tenant}', '{project}', 'category ' || n, now(), now()
from generate_series({devices}) n;

insert into tags (id, tenant_id, project_id, tag_category_id, name, created_at, updated_at)
select growth_id({base}, '0b5', n), '{tenant}', '{project}',
  growth_id({base}, '0b4', case when n between 100 and 104 then 1 else 2 end), 'tag ' || n, now(), now()
from generate_series({devices}) n;

insert into device_commands (id, tenant_id, device_id, command, payload, status, requested_by, created_at, updated_at,
  expires_at, is_untold)
select growth_id({base}, '0b6', n), '{tenant}', '{robot}', 'PAUSE', '{}', 'DONE', 'user', now(), now(),
  now() + interval '1 day', false
from generate_series({devices}) n;

insert into dataset_validation_results (id, tenant_id, dataset_id, validator, validator_version, status, started_at)
select growth_id({base}, '0b7', n), '{tenant}', growth_id({base}, '0d0', 1), 'mcap', '1', 'FAILED', now()
from generate_series({devices}) n;

insert into audit_seals (tenant_id, number, sealed_at, row_ids, digests, last_xid, last_position, last_id, previous, hash)
select '{tenant}', n, now(), array[growth_id({base}, '0a0', n)], sha256(n::text::bytea), '1', 1,
  growth_id({base}, '0a0', n), repeat('a', 64), repeat('b', 64)
from generate_series({devices}) n;

insert into rate_buckets (owner_id, remaining, refilled_at, per_minute, wanted, taken)
select growth_id({base}, '0de', n), 100, now(), 100, 1, 1 from generate_series({devices}) n;

insert into datasets (id, tenant_id, project_id, name, status, original_filename, content_type, file_size_bytes,
  validation_status, recovery_status, endpoint_ref, bucket, object_key, object_size_bytes, object_etag,
  source_device_id, metadata, created_at, updated_at, ready_at)
select growth_id({base}, '0d0', n), '{tenant}', '{project}', 'front-camera-' || n,
  (case when rare then 'CREATED' else 'READY' end)::dataset_status, 'run.mcap', 'application/octet-stream', 10485760,
  (case when rare then 'FAILED' else 'NOT_REQUIRED' end)::validation_status,
  (case when rare then 'RECOVERY_PENDING' else 'NORMAL' end)::recovery_status,
  'default', 'robot-data', 'key/' || n, 10485760, 'etag',
  case when rare then '{robot}'::uuid else growth_id({base}, '0de', 1 + n % {senders}) end,
  case when rare then '{"site": "zanzibar"}' else jsonb_build_object('site', 'line-' || n % 7, 'run', n) end,
  at, at, at
from (select n, n between 100 and 104 as rare, now() - interval '30 days' + n * interval '1.728 seconds' as at
  from generate_series({datasets}) n) g;

-- Word by word it would take hours.
create temp table growth_index as select indexdef from pg_indexes where indexname = 'dataset_search_words';

drop index dataset_search_words;

insert into dataset_search (dataset_id, project_id, words)
select growth_id({base}, '0d0', n), '{project}', concat_ws(e'\n', 'front-camera-' || n, 'run.mcap',
  case when n between 100 and 104 then '{"site": "zanzibar"}'
    else jsonb_build_object('site', 'line-' || n % 7, 'run', n)::text end)
from generate_series({datasets}) n;

do $$ begin execute (select indexdef from growth_index); end $$;

drop table growth_index;

insert into dataset_tags (tenant_id, dataset_id, tag_id)
select '{tenant}', growth_id({base}, '0d0', n),
  case when n between 100 and 104 then '{rare_tag}'::uuid else '{common_tag}'::uuid end
from generate_series({datasets}) n;

-- All of one content: whoever looks for a twin finds as many as there are.
insert into verified_checksums (dataset_id, tenant_id, project_id, sha256, size_bytes, etag, verified_at)
select growth_id({base}, '0d0', n), '{tenant}', '{project}', repeat('5e', 32), 10485760, 'etag', now()
from generate_series({datasets}) n;

-- A project of which next to all was purged.
insert into datasets (id, tenant_id, project_id, name, status, original_filename, content_type, file_size_bytes,
  validation_status, source_device_id, metadata, created_at, updated_at)
select growth_id({base}, '0d1', n), '{tenant}', growth_id({base}, '0b1', 1), 'purged',
  (case when n between 100 and 104 then 'CREATED' else 'PURGED' end)::dataset_status, 'run.mcap', 'a/b', 1,
  'PASSED', '{robot}', '{}', now(), now()
from generate_series({devices}) n;

insert into upload_tasks (id, tenant_id, project_id, task_name, task_initiator, source_device_id, object_count,
  total_size_bytes, pending_count, completed_count, failed_count, metadata, created_at, updated_at)
select growth_id({base}, '0f0', n), '{tenant}', '{project}', 'run', 'device',
  case when rare then '{robot}'::uuid else growth_id({base}, '0de', 1 + n % {senders}) end, 1, 10485760, 0,
  case when rare then 0 else 1 end, case when rare then 1 else 0 end, '{}', now(), now()
from (select n, n between 100 and 104 as rare from generate_series({sessions}) n) g;

insert into upload_objects (id, tenant_id, task_id, ordinal, dataset_id, dataset_name, object_name, content_type,
  session_id, status, metadata)
select growth_id({base}, '0e0', n), '{tenant}', growth_id({base}, '0f0', n), 0, growth_id({base}, '0d0', n),
  'front-camera-' || n, 'run.mcap', 'application/octet-stream', growth_id({base}, '050', n),
  (case when n between 100 and 104 then 'FAILED' else 'COMPLETED' end)::object_status, '{}'
from generate_series({sessions}) n;

insert into upload_sessions (id, tenant_id, project_id, dataset_id, task_id, object_id, source_device_id,
  storage_policy_id, endpoint_ref, bucket, object_key, file_size_bytes, part_size_bytes, original_filename,
  content_type, created_at, updated_at, expires_at, attempt, version, status, upload_id, object_size_bytes,
  object_etag, completed_at)
select growth_id({base}, '050', n), '{tenant}', '{project}', growth_id({base}, '0d0', n), growth_id({base}, '0f0', n),
  growth_id({base}, '0e0', n), growth_id({base}, '0de', 1 + n % {senders}), '{policy}', 'default', 'robot-data',
  'key/' || n, 10485760, 1048576, 'run.mcap', 'application/octet-stream', now(), now(), now() + interval '1 day', 1, 3,
  'COMPLETED', 'upload-' || n, 10485760, 'etag', now()
from generate_series({sessions}) n;

insert into upload_parts (session_id, part_number, etag, size_bytes, confirmed, status, uploaded_at)
select growth_id({base}, '050', n), p, md5(p::text), 1048576, true, 'UPLOADED', now()
from generate_series({sessions}) n cross join generate_series(1, {parts}) p;

insert into upload_events (id, tenant_id, project_id, dataset_id, task_id, object_id, session_id, type, actor,
  request_id, occurred_at, part_numbers, valid_until, details)
select growth_id({base}, '0e' || k, n), '{tenant}', '{project}', growth_id({base}, '0d0', n),
  growth_id({base}, '0f0', n), growth_id({base}, '0e0', n), growth_id({base}, '050', n),
  (array['upload.task_created', 'upload.presign_issued', 'upload.completed'])[k], 'device', 'r', now(),
  case when k = 2 then array[1, 2, 3] else '{}' end, case when k = 2 then now() end, '{}'
from generate_series({sessions}) n cross join generate_series(1, 3) k;

insert into idempotency_records (tenant_id, actor, key, use_case, fingerprint, lease_until, expires_at, created_id,
  answer, remembered_at)
select '{tenant}', 'device:robot-' || n % {senders}, 'key-' || n, 'CREATE_TASK', repeat('c', 64), now(),
  now() + interval '1 day', growth_id({base}, '0f0', n), '{}', now()
from generate_series({sessions}) n;

insert into outbox_events (id, tenant_id, project_id, aggregate_type, aggregate_id, sequence, type, occurred_at, payload)
select growth_id({base}, '0b8', n), '{tenant}', '{project}', 'upload_session', growth_id({base}, '050', n), 1, 'upload.completed',
  now(), '{}'
from generate_series({sessions}) n;

-- Each was told, but five dead letters.
insert into outbox_deliveries (id, tenant_id, event_position, aggregate_id, occurred_at, sink, status, next_attempt_at,
  delivered_at)
select growth_id({base}, '0b9', n), '{tenant}', e.position, e.aggregate_id, e.occurred_at, 'mqtt',
  (case when n between 100 and 104 then 'DEAD_LETTERED' else 'DELIVERED' end)::delivery_status, now(),
  case when n between 100 and 104 then null else now() end
from generate_series({sessions}) n join outbox_events e on e.id = growth_id({base}, '0b8', n);

insert into outbox_cursors (sink, xid, position, is_behind)
select 'mqtt', max(xid), max(position), false from outbox_events
on conflict (sink) do update set xid = excluded.xid, position = excluded.position;

insert into audit_events (id, tenant_id, actor, action, resource_type, resource_id, result, request_id, transport,
  occurred_at, details)
select growth_id({base}, '0a0', n), '{tenant}', case when rare then 'api_key:rare' else 'device:robot-' || n % {senders} end,
  case when rare then 'tag.created' else 'upload.completed' end, case when rare then 'tag' else 'upload_session' end,
  case when rare then '{rare_tag}'::uuid else growth_id({base}, '050', n) end, 'ok', 'r', 'http', at, '{}'
from (select n, n between 100 and 104 as rare, now() - interval '30 days' + n * interval '1.728 seconds' as at
  from generate_series({audits}) n) g;

set session_replication_role = origin;
