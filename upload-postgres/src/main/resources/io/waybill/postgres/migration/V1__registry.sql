-- Who there is: tenants, their policies, projects, keys, devices and grants.
-- Every tenant-owned row that others point at has a unique (tenant_id, id), so that a foreign key can
-- promise what every query assumes: nothing crosses a tenant.

create type tenant_status as enum ('ACTIVE', 'SUSPENDED', 'DELETED');
create type storage_policy_status as enum ('ACTIVE', 'DISABLED');
create type project_status as enum ('ACTIVE', 'ARCHIVED', 'DELETED');
create type device_status as enum ('PENDING', 'ACTIVE', 'DISABLED', 'REVOKED', 'DELETED');
create type credential_status as enum ('PENDING', 'ACTIVE', 'DISABLED', 'REVOKED', 'DELETED');
create type subject_kind as enum ('USER', 'GROUP', 'DEVICE', 'API_KEY');
create type resource_kind as enum ('TENANT', 'PROJECT', 'DATASET', 'UPLOAD_TASK', 'UPLOAD_SESSION',
  'DEVICE', 'TAG_CATEGORY', 'TAG', 'STORAGE_POLICY');
create type grant_effect as enum ('ALLOW', 'DENY');

create domain slug as text check (value ~ '^[a-z0-9][a-z0-9-]{0,62}$');
create domain sha256_hex as text check (value ~ '^[0-9a-f]{64}$');
create domain json_map as jsonb check (jsonb_typeof(value) = 'object');

create table tenants (
  id uuid primary key,
  slug slug not null unique,
  name text not null check (length(name) between 1 and 200),
  status tenant_status not null default 'ACTIVE',
  created_at timestamptz not null
);

create table storage_policies (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  name text not null check (length(name) between 1 and 200),
  status storage_policy_status not null default 'ACTIVE',
  is_default boolean not null default false,
  endpoint_ref text not null check (endpoint_ref ~ '^[A-Za-z0-9._-]{1,64}$'),
  bucket text not null check (length(bucket) between 3 and 63),
  default_part_size_bytes bigint not null
    check (default_part_size_bytes between 5242880 and 5368709120 and default_part_size_bytes % 1048576 = 0),
  url_life_seconds integer not null check (url_life_seconds between 60 and 21600),
  session_life_seconds integer not null check (session_life_seconds between 60 and 2592000),
  max_session_life_seconds integer not null check (max_session_life_seconds between 60 and 2592000),
  content_types text[] not null default '{}',
  validation_required boolean not null default false,
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, id),
  unique (tenant_id, name),
  check (session_life_seconds <= max_session_life_seconds),
  check (not is_default or status = 'ACTIVE')
);

create unique index storage_policies_one_default on storage_policies (tenant_id) where is_default;

create table projects (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  storage_policy_id uuid,
  slug slug not null,
  name text not null check (length(name) between 1 and 200),
  description text check (length(description) <= 4000),
  status project_status not null default 'ACTIVE',
  metadata json_map not null default '{}',
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  archived_at timestamptz,
  unique (tenant_id, id),
  unique (tenant_id, slug),
  foreign key (tenant_id, storage_policy_id) references storage_policies (tenant_id, id),
  check ((status = 'ARCHIVED') <= (archived_at is not null))
);

create table api_keys (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  name text not null check (length(name) between 1 and 200),
  prefix text not null check (length(prefix) between 1 and 32),
  sha256 sha256_hex not null unique,
  created_at timestamptz not null,
  expires_at timestamptz,
  revoked_at timestamptz
);

create table devices (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  project_id uuid not null,
  name text not null check (length(name) between 1 and 200),
  device_code text not null check (device_code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$'),
  device_type text check (length(device_type) between 1 and 64),
  status device_status not null,
  metadata json_map not null default '{}',
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, id),
  unique (tenant_id, device_code),
  foreign key (tenant_id, project_id) references projects (tenant_id, id)
);

create table device_credentials (
  id uuid primary key,
  tenant_id uuid not null,
  device_id uuid not null,
  credential_version integer not null check (credential_version > 0),
  sha256 sha256_hex not null unique,
  status credential_status not null,
  issued_at timestamptz not null,
  expires_at timestamptz check (expires_at > issued_at),
  revoked_at timestamptz,
  unique (tenant_id, device_id, credential_version),
  foreign key (tenant_id, device_id) references devices (tenant_id, id),
  check ((status = 'REVOKED') <= (revoked_at is not null))
);

create table device_project_grants (
  tenant_id uuid not null,
  device_id uuid not null,
  project_id uuid not null,
  created_at timestamptz not null,
  primary key (tenant_id, device_id, project_id),
  foreign key (tenant_id, device_id) references devices (tenant_id, id),
  foreign key (tenant_id, project_id) references projects (tenant_id, id)
);

create table permission_grants (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  subject_kind subject_kind not null,
  subject_id uuid not null,
  resource_kind resource_kind not null,
  resource_id uuid not null,
  code text not null check (code ~ '^[a-z_]+(\.[a-z_]+)+$'),
  effect grant_effect not null,
  expires_at timestamptz,
  created_at timestamptz not null,
  unique (tenant_id, subject_kind, subject_id, resource_kind, resource_id, code, effect),
  check (resource_kind <> 'TENANT' or resource_id = tenant_id)
);
