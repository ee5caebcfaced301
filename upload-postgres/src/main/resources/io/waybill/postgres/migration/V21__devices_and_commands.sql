-- What is known of devices, and what they are asked to do.
alter table devices
  add column credential_version integer not null default 1 check (credential_version > 0),
  add column activated_at timestamptz,
  add column online boolean not null default false,
  add column last_seen_at timestamptz,
  add column last_ip text check (length(last_ip) between 1 and 64),
  add column client_version text check (length(client_version) between 1 and 128),
  drop constraint devices_tenant_id_device_code_key;

update devices d set activated_at = case when d.status <> 'PENDING' then d.created_at end,
  credential_version = coalesce((select max(c.credential_version) from device_credentials c
    where c.tenant_id = d.tenant_id and c.device_id = d.id), 1);

create unique index devices_code on devices (tenant_id, device_code) where status <> 'DELETED';
create index devices_list on devices (tenant_id, project_id, id);

create type device_command_kind as enum ('PAUSE', 'RESUME', 'ABORT', 'UPLOAD', 'LIST_FILES');
create type device_command_status as enum ('PENDING', 'SENT', 'ACCEPTED', 'DONE', 'FAILED', 'REJECTED', 'EXPIRED');

create table device_commands (
  id uuid primary key,
  tenant_id uuid not null,
  device_id uuid not null,
  command device_command_kind not null,
  payload json_map not null,
  status device_command_status not null,
  requested_by text not null check (length(requested_by) between 1 and 200),
  result json_map not null default '{}',
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  unique (tenant_id, id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id)
);

create index device_commands_list on device_commands (tenant_id, device_id, id);
