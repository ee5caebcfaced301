-- What a list touches does not grow with its tenant: StatementGrowthTest.

-- Rows of purged datasets stay, and no list shows them.
drop index datasets_newest;
create index datasets_newest on datasets (tenant_id, project_id, id desc) where status <> 'PURGED';
drop index datasets_by_device;
create index datasets_by_device on datasets (tenant_id, project_id, source_device_id, id desc)
  where source_device_id is not null and status <> 'PURGED';
drop index datasets_by_recovery;
create index datasets_by_recovery on datasets (tenant_id, project_id, recovery_status, id desc)
  where recovery_status <> 'NORMAL' and status <> 'PURGED';
-- All of them: PASSED is as rare in one project as FAILED is in another.
drop index datasets_by_validation;
create index datasets_by_validation on datasets (tenant_id, project_id, validation_status, id desc)
  where status <> 'PURGED';

create index project_members_owners on project_members (tenant_id, project_id)
  where role = 'owner' and status = 'ACTIVE';
create index api_keys_prefix on api_keys (tenant_id, prefix collate "C", id);

-- By its id alone a plan for all values of an action read everybody's rows. One index instead of two.
alter table audit_events drop constraint audit_events_pkey, add primary key (tenant_id, id);
drop index audit_events_list;
