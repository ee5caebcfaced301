-- What opens a project to a device are grants like all others (io.waybill.core.access.DeviceAccess). The table that
-- said so until now is only kept in step, for replicas of the version before and for what operators have written to
-- insert devices; it goes with a later migration, once nobody reads or writes it.
insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
  source, created_at)
select gen_random_uuid(), p.tenant_id, 'DEVICE', p.device_id, 'PROJECT', p.project_id, code, 'ALLOW',
  'project_grant', p.created_at
from device_project_grants p
cross join unnest(array['project.view', 'dataset.view', 'upload.create', 'upload.presign', 'upload.pause',
  'upload.resume', 'upload.abort', 'upload.complete', 'upload.retry']) code
on conflict do nothing;

create function device_project_opened() returns trigger language plpgsql as $$
begin
  insert into permission_grants (id, tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect,
    source, created_at)
  select gen_random_uuid(), new.tenant_id, 'DEVICE', new.device_id, 'PROJECT', new.project_id, code, 'ALLOW',
    'project_grant', new.created_at
  from unnest(array['project.view', 'dataset.view', 'upload.create', 'upload.presign', 'upload.pause',
    'upload.resume', 'upload.abort', 'upload.complete', 'upload.retry']) code
  on conflict do nothing;
  return null;
end $$;

create function device_project_closed() returns trigger language plpgsql as $$
begin
  delete from permission_grants g
  where g.tenant_id = old.tenant_id and g.subject_kind = 'DEVICE' and g.subject_id = old.device_id
    and g.resource_kind = 'PROJECT' and g.resource_id = old.project_id and g.source = 'project_grant';
  return null;
end $$;

create function device_grant_given() returns trigger language plpgsql as $$
begin
  insert into device_project_grants (tenant_id, device_id, project_id, created_at)
  values (new.tenant_id, new.subject_id, new.resource_id, new.created_at)
  on conflict do nothing;
  return null;
end $$;

create function device_grant_taken() returns trigger language plpgsql as $$
begin
  delete from device_project_grants p
  where p.tenant_id = old.tenant_id and p.device_id = old.subject_id and p.project_id = old.resource_id;
  return null;
end $$;

create trigger opened after insert on device_project_grants
  for each row when (pg_trigger_depth() = 0) execute function device_project_opened();
create trigger closed after delete on device_project_grants
  for each row when (pg_trigger_depth() = 0) execute function device_project_closed();
create trigger device_grant_given after insert on permission_grants
  for each row when (pg_trigger_depth() = 0 and new.source = 'project_grant' and new.code = 'upload.create')
  execute function device_grant_given();
create trigger device_grant_taken after delete on permission_grants
  for each row when (pg_trigger_depth() = 0 and old.source = 'project_grant' and old.code = 'upload.create')
  execute function device_grant_taken();
