-- The development seed: fixed identities for one machine, and nothing that anybody may ever expose.
-- Loading it again changes nothing but the bucket. Secrets are kept as everywhere: by their hashes.

insert into tenants (id, slug, name, created_at) values
  ('0190a000-0000-7000-8000-000000000001', 'dev-industrial', 'Development, industrial', '2024-07-11T00:00:00Z'),
  ('0190a000-0000-7000-8000-0000000000a1', 'dev-other', 'Development, another tenant', '2024-07-11T00:00:00Z')
on conflict do nothing;

insert into storage_policies (id, tenant_id, name, is_default, endpoint_ref, bucket, default_part_size_bytes,
  url_life_seconds, created_at, updated_at)
select id::uuid, tenant::uuid, 'local', true, 'default', current_setting('waybill.seed_bucket'), 67108864,
  900, '2024-07-11T00:00:00Z', '2024-07-11T00:00:00Z'
from (values
  ('0190a000-0000-7000-8000-000000000003', '0190a000-0000-7000-8000-000000000001'),
  ('0190a000-0000-7000-8000-0000000000a3', '0190a000-0000-7000-8000-0000000000a1')) as p(id, tenant)
on conflict (id) do update set bucket = excluded.bucket;

insert into projects (id, tenant_id, storage_policy_id, slug, name, created_at, updated_at) values
  ('0190a000-0000-7000-8000-000000000002', '0190a000-0000-7000-8000-000000000001',
    '0190a000-0000-7000-8000-000000000003', 'robotics-line-3', 'Robotics, line 3',
    '2024-07-11T00:00:00Z', '2024-07-11T00:00:00Z'),
  ('0190a000-0000-7000-8000-0000000000a2', '0190a000-0000-7000-8000-0000000000a1',
    '0190a000-0000-7000-8000-0000000000a3', 'other-project', 'Another tenant''s project',
    '2024-07-11T00:00:00Z', '2024-07-11T00:00:00Z')
on conflict do nothing;

insert into api_keys (id, tenant_id, name, prefix, sha256, created_at)
select id::uuid, tenant::uuid, name, left(secret, 10), encode(sha256(secret::bytea), 'hex'), '2024-07-11T00:00:00Z'
from (values
  ('0190a000-0000-7000-8000-000000000010', '0190a000-0000-7000-8000-000000000001',
    'every permission', 'wb_dev_local_only'),
  ('0190a000-0000-7000-8000-000000000011', '0190a000-0000-7000-8000-000000000001',
    'views only', 'wb_dev_viewer_local_only'),
  ('0190a000-0000-7000-8000-0000000000a4', '0190a000-0000-7000-8000-0000000000a1',
    'every permission', 'wb_dev_other_local_only')) as k(id, tenant, name, secret)
on conflict do nothing;

insert into devices (id, tenant_id, project_id, name, device_code, device_type, status, activated_at, created_at,
  updated_at)
select id::uuid, '0190a000-0000-7000-8000-000000000001', '0190a000-0000-7000-8000-000000000002', name, code, 'robot',
  'ACTIVE', '2024-07-11T00:00:00Z', '2024-07-11T00:00:00Z', '2024-07-11T00:00:00Z'
from (values
  ('0190a000-0000-7000-8000-000000000017', 'Robot 17', 'robot-17'),
  ('0190a000-0000-7000-8000-000000000018', 'Robot 18', 'robot-18')) as d(id, name, code)
on conflict do nothing;

insert into device_credentials (id, tenant_id, device_id, credential_version, sha256, broker_hash, status, issued_at)
select id::uuid, '0190a000-0000-7000-8000-000000000001', device::uuid, 1, encode(sha256(secret::bytea), 'hex'),
  '$7$101$' || hash, 'ACTIVE', '2024-07-11T00:00:00Z'
from (values
  ('0190a000-0000-7000-8000-000000000117', '0190a000-0000-7000-8000-000000000017', 'wbd_dev_robot_17_local_only',
    'cm9ib3QtMTdzYWx0$8ZAFxDATGVO0hsO940QEvtYTfK64tJW+LqQH049UmfL+eu1Bb2NorPPUpSPghNMADkGlVU2hf5Nw7Wwzrsgesw=='),
  ('0190a000-0000-7000-8000-000000000118', '0190a000-0000-7000-8000-000000000018', 'wbd_dev_robot_18_local_only',
    'cm9ib3QtMThzYWx0$5NU7mOPIezzsbNVuJbA5j0BoudGabQaJBya9ZqgqnPbTStKdmLRZXveV+GT9T6YhjvfvfpQ92cgMCk8uXcYXVQ=='))
  as c(id, device, secret, hash)
on conflict (id) do update set broker_hash = excluded.broker_hash;

-- What opens a project to a device (io.waybill.core.access.DeviceAccess).
insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
  source, created_at)
select gen_random_uuid(), d.tenant_id, 'DEVICE', d.id, 'PROJECT', d.project_id, code, 'ALLOW', 'project_grant',
  d.created_at
from devices d
cross join unnest(array['project.view', 'dataset.view', 'upload.create', 'upload.presign', 'upload.pause',
  'upload.resume', 'upload.abort', 'upload.complete', 'upload.retry']) code
where d.id in ('0190a000-0000-7000-8000-000000000017', '0190a000-0000-7000-8000-000000000018')
on conflict do nothing;

-- Every permission code that there is; the viewer has two of them.
insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
  created_at)
select gen_random_uuid(), k.tenant_id, 'API_KEY', k.id, 'TENANT', k.tenant_id, code, 'ALLOW', '2024-07-11T00:00:00Z'
from api_keys k
cross join unnest(array[
  'project.view', 'project.create', 'project.update', 'project.delete', 'project.members.view', 'project.members.manage',
  'dataset.create', 'dataset.view', 'dataset.update', 'dataset.upload', 'dataset.download', 'dataset.delete',
  'dataset.archive', 'dataset.restore', 'dataset.purge', 'dataset.validate', 'dataset.quarantine.release',
  'dataset.legal_hold', 'dataset.object_lock_bypass',
  'upload.create', 'upload.presign', 'upload.pause', 'upload.resume', 'upload.abort', 'upload.complete',
  'upload.retry', 'upload.cancel',
  'tag.create', 'tag.update', 'tag.delete',
  'device.view', 'device.create', 'device.update', 'device.disable', 'device.command',
  'device.credentials.rotate', 'device.credentials.revoke',
  'storage_policy.view', 'storage_policy.manage', 'audit.view', 'admin.uploads',
  'api_key.view', 'api_key.create', 'api_key.delete',
  'permission_grant.view', 'permission_grant.create', 'permission_grant.delete']) code
where k.id in ('0190a000-0000-7000-8000-000000000010', '0190a000-0000-7000-8000-0000000000a4')
  or (k.id = '0190a000-0000-7000-8000-000000000011' and code in ('project.view', 'dataset.view'))
on conflict do nothing;
