-- Comparisons of a tenant's datasets with the stores, after one of them was restored from a backup. A claim is a due_at
-- in the future.
create type recovery_phase as enum ('MARKING', 'DATASETS', 'OBJECTS', 'COMPLETED');

create table recovery_runs (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  phase recovery_phase not null,
  place text not null default '',
  cursor text not null default '',
  due_at timestamptz not null,
  started_at timestamptz not null,
  started_by text not null check (started_by <> ''),
  completed_at timestamptz,
  datasets bigint not null default 0,
  verified bigint not null default 0,
  missing_object bigint not null default 0,
  metadata_only bigint not null default 0,
  object_only bigint not null default 0,
  unfinished bigint not null default 0,
  objects bigint not null default 0,
  unclaimed bigint not null default 0,
  constraint completed_has_a_time check ((phase = 'COMPLETED') = (completed_at is not null))
);
create unique index recovery_runs_open on recovery_runs (tenant_id) where completed_at is null;
create index recovery_runs_newest on recovery_runs (tenant_id, id desc);
create index recovery_runs_due on recovery_runs (due_at) where completed_at is null;

-- Datasets that are to be compared with their objects; run_id is null where no recovery waits for it.
create table recovery_checks (
  dataset_id uuid primary key references datasets on delete cascade,
  tenant_id uuid not null references tenants,
  run_id uuid references recovery_runs,
  due_at timestamptz not null
);
create index recovery_checks_due on recovery_checks (due_at);
create index recovery_checks_of_run on recovery_checks (run_id) where run_id is not null;

-- Objects that no dataset has: for review, given out to nobody.
create table unclaimed_objects (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  run_id uuid not null references recovery_runs,
  endpoint_ref text not null,
  bucket text not null,
  object_key text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  etag text not null,
  dataset_id uuid,
  session_id uuid,
  found_at timestamptz not null
);
create unique index unclaimed_objects_place on unclaimed_objects (tenant_id, endpoint_ref, bucket, object_key);
create index unclaimed_objects_newest on unclaimed_objects (tenant_id, run_id, id desc);
