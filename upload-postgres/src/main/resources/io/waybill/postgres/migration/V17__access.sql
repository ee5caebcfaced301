-- A grant says who takes it back, and there may be one of each source. Old replicas write no grants.
alter table permission_grants add column source text not null default 'manual'
  check (source in ('manual', 'project_grant') or source ~ '^role:[a-z_]{1,64}$');

create unique index permission_grants_same on permission_grants
  (tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect, source);
do $$
declare
  old text;
begin
  select conname into strict old from pg_constraint
  where conrelid = 'permission_grants'::regclass and contype = 'u';
  execute format('alter table permission_grants drop constraint %I', old);
end $$;

create index permission_grants_list on permission_grants (tenant_id, id);
create index permission_grants_on on permission_grants (tenant_id, resource_kind, resource_id, id);

-- Who works in a project. A role stands for grants of the source role:<name>; devices are no members.
create type member_status as enum ('ACTIVE', 'DISABLED');
create table project_members (
  id uuid primary key,
  tenant_id uuid not null,
  project_id uuid not null,
  subject_kind subject_kind not null check (subject_kind <> 'DEVICE'),
  subject_id uuid not null,
  role text not null check (role ~ '^[a-z_]{1,64}$'),
  status member_status not null default 'ACTIVE',
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, project_id, subject_id),
  foreign key (tenant_id, project_id) references projects (tenant_id, id)
);

create index project_members_list on project_members (tenant_id, project_id, id);

-- The devices on whose uploads alone a key acts; empty for those of all.
alter table api_keys add column device_ids uuid[] not null default '{}' check (cardinality(device_ids) <= 100);
