-- Datasets and the uploads that fill them: task → object → session → part.

create type dataset_status as enum ('CREATED', 'UPLOAD_PENDING', 'UPLOADING', 'PAUSED', 'PROCESSING', 'READY',
  'QUARANTINED', 'REJECTED', 'ARCHIVED', 'DELETED', 'PURGED');
create type validation_status as enum ('NOT_REQUIRED', 'PENDING', 'RUNNING', 'PASSED', 'FAILED', 'SKIPPED');
create type recovery_status as enum ('NORMAL', 'RECOVERY_PENDING', 'RECOVERY_VERIFIED', 'RECOVERY_MISSING_OBJECT',
  'RECOVERY_METADATA_ONLY', 'RECOVERY_OBJECT_ONLY');
create type task_initiator as enum ('web', 'cli', 'device', 'api');
create type task_status as enum ('PENDING', 'PROCESSING', 'PAUSED', 'FAILED', 'CANCELLED', 'COMPLETED');
create type object_status as enum ('PENDING', 'UPLOADING', 'PAUSED', 'COMPLETING', 'COMPLETED', 'FAILED', 'CANCELLED',
  'SKIPPED_INSTANT_UPLOAD');
create type session_status as enum ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING', 'COMPLETED',
  'ABORTING', 'ABORTED', 'EXPIRED', 'FAILED');
create type part_status as enum ('ACKNOWLEDGED', 'STORED');

create table datasets (
  id uuid primary key,
  tenant_id uuid not null,
  project_id uuid not null,
  name text not null check (name <> ''),
  status dataset_status not null,
  original_filename text not null check (original_filename <> ''),
  content_type text not null check (content_type <> ''),
  file_size_bytes bigint not null check (file_size_bytes > 0),
  checksum_sha256 sha256_hex,
  validation_status validation_status not null,
  recovery_status recovery_status not null default 'NORMAL',
  endpoint_ref text,
  bucket text,
  object_key text,
  object_size_bytes bigint,
  object_etag text,
  object_version_id text,
  source_device_id uuid,
  source_device_code text,
  metadata json_map not null,
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  ready_at timestamptz,
  foreign key (tenant_id, project_id) references projects (tenant_id, id),
  foreign key (tenant_id, source_device_id) references devices (tenant_id, id),
  constraint location_is_whole check (num_nulls(endpoint_ref, bucket, object_key) in (0, 3)),
  constraint object_is_whole check (num_nulls(object_size_bytes, object_etag) in (0, 2)),
  constraint object_has_a_location check (object_etag is null or object_key is not null),
  constraint version_needs_an_object check (object_version_id is null or object_etag is not null),
  constraint object_is_exact check (object_size_bytes = file_size_bytes),
  constraint processing_and_ready_have_an_object
    check (status not in ('PROCESSING', 'READY') or object_etag is not null),
  constraint ready_is_validated
    check (status <> 'READY' or (validation_status in ('NOT_REQUIRED', 'PASSED') and recovery_status = 'NORMAL')),
  constraint ready_has_a_time check (status <> 'READY' or ready_at is not null)
);

create index datasets_newest on datasets (tenant_id, project_id, id desc);
create index datasets_by_status on datasets (tenant_id, project_id, status, id desc);
create index datasets_by_device on datasets (tenant_id, project_id, source_device_id, id desc)
  where source_device_id is not null;

-- The counters say how many objects of the task stand where; they change by increments in the statement that
-- moves an object, so that two sessions of one task that move at once both count. The status follows from them
-- by the rule of io.waybill.core.upload.TaskStatus.
create table upload_tasks (
  id uuid primary key,
  tenant_id uuid not null,
  project_id uuid not null,
  task_name text,
  task_initiator task_initiator not null,
  source_device_id uuid,
  source_device_code text,
  object_count integer not null check (object_count between 1 and 100),
  total_size_bytes bigint not null check (total_size_bytes > 0),
  pending_count integer not null check (pending_count >= 0),
  uploading_count integer not null default 0 check (uploading_count >= 0),
  paused_count integer not null default 0 check (paused_count >= 0),
  completing_count integer not null default 0 check (completing_count >= 0),
  completed_count integer not null default 0 check (completed_count >= 0),
  failed_count integer not null default 0 check (failed_count >= 0),
  cancelled_count integer not null default 0 check (cancelled_count >= 0),
  skipped_count integer not null default 0 check (skipped_count >= 0),
  status task_status not null generated always as (
    case
      when uploading_count > 0 or completing_count > 0 then 'PROCESSING'::task_status
      when paused_count > 0 then 'PAUSED'::task_status
      when pending_count > 0 and paused_count + completed_count + failed_count + cancelled_count + skipped_count = 0
        then 'PENDING'::task_status
      when pending_count > 0 then 'PROCESSING'::task_status
      when failed_count > 0 then 'FAILED'::task_status
      when completed_count + skipped_count = 0 then 'CANCELLED'::task_status
      else 'COMPLETED'::task_status
    end) stored,
  metadata json_map not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  foreign key (tenant_id, project_id) references projects (tenant_id, id),
  foreign key (tenant_id, source_device_id) references devices (tenant_id, id),
  constraint every_object_is_counted check (object_count = pending_count + uploading_count + paused_count
    + completing_count + completed_count + failed_count + cancelled_count + skipped_count)
);

create index upload_tasks_newest on upload_tasks (tenant_id, project_id, id desc);
create index upload_tasks_by_status on upload_tasks (tenant_id, project_id, status, id desc);
create index upload_tasks_by_device on upload_tasks (tenant_id, project_id, source_device_id, id desc)
  where source_device_id is not null;

create table upload_objects (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  task_id uuid not null references upload_tasks,
  ordinal integer not null check (ordinal between 0 and 99),
  dataset_id uuid not null references datasets,
  dataset_name text not null check (dataset_name <> ''),
  object_name text not null check (object_name <> ''),
  content_type text not null check (content_type <> ''),
  session_id uuid not null unique,
  status object_status not null,
  retry_count integer not null default 0 check (retry_count >= 0),
  checksum_sha256 sha256_hex,
  metadata json_map not null,
  unique (task_id, ordinal)
);

create table upload_sessions (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  project_id uuid not null,
  dataset_id uuid not null references datasets,
  task_id uuid not null references upload_tasks,
  object_id uuid not null references upload_objects,
  source_device_id uuid,
  storage_policy_id uuid not null,
  endpoint_ref text not null,
  bucket text not null,
  object_key text not null,
  file_size_bytes bigint not null check (file_size_bytes > 0),
  part_size_bytes bigint not null check (part_size_bytes > 0),
  original_filename text not null,
  content_type text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > created_at),
  attempt integer not null check (attempt >= 0),
  version bigint not null check (version >= 0),
  status session_status not null,
  upload_id text,
  pause_reason text,
  paused_at timestamptz,
  completing_from session_status,
  lease_until timestamptz,
  missing_since timestamptz,
  object_size_bytes bigint,
  object_etag text,
  object_version_id text,
  completed_at timestamptz,
  abort_reason text,
  aborted_at timestamptz,
  abort_again_at timestamptz,
  last_error_code text,
  last_error_message text,
  last_error_at timestamptz,
  due_at timestamptz,
  claimed_until timestamptz,
  foreign key (tenant_id, storage_policy_id) references storage_policies (tenant_id, id),
  constraint parts_fit check ((file_size_bytes + part_size_bytes - 1) / part_size_bytes <= 10000),
  constraint upload_id_once_initiated check (case
    when status = 'INITIATING' then upload_id is null
    when status in ('ABORTING', 'ABORTED', 'FAILED') then true
    else upload_id is not null end),
  constraint pause_is_whole check (num_nulls(pause_reason, paused_at) in (0, 2)
    and (paused_at is not null) = (status = 'PAUSED' or coalesce(completing_from = 'PAUSED', false))),
  constraint completing_has_a_lease check (case
    when status = 'COMPLETING' then completing_from in ('INITIATED', 'UPLOADING', 'PAUSED')
      and completing_from is not null and lease_until is not null and attempt > 0
    else num_nonnulls(completing_from, lease_until, missing_since) = 0 end),
  constraint completed_has_an_object check (case
    when status = 'COMPLETED' then num_nulls(object_size_bytes, object_etag, completed_at) = 0
      and object_size_bytes = file_size_bytes
    else num_nonnulls(object_size_bytes, object_etag, object_version_id, completed_at) = 0 end),
  constraint abort_has_a_reason check ((abort_reason is not null) = (status in ('ABORTING', 'ABORTED'))),
  constraint aborted_has_a_time check ((aborted_at is not null) = (status = 'ABORTED')),
  constraint abort_again_after_the_end check (abort_again_at is null or status in ('ABORTED', 'FAILED')),
  constraint failed_says_why check (
    num_nulls(last_error_code, last_error_message, last_error_at) = case when status = 'FAILED' then 0 else 3 end),
  constraint due_when_there_is_work check (case
    when status in ('INITIATED', 'UPLOADING', 'PAUSED') then due_at is not distinct from expires_at
    when status in ('INITIATING', 'ABORTING') then due_at is not null
    when status = 'EXPIRED' then due_at > expires_at and due_at is not null
    when status = 'COMPLETING' then due_at >= lease_until and due_at is not null
    when status = 'COMPLETED' then due_at is null
    else due_at is not distinct from abort_again_at end)
);

alter table upload_objects
  add constraint upload_objects_session_id_fkey foreign key (session_id) references upload_sessions;

create index upload_sessions_due on upload_sessions (due_at) where due_at is not null;
create index upload_sessions_open on upload_sessions (tenant_id, source_device_id, status, expires_at)
  where status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING');

create table upload_parts (
  session_id uuid not null references upload_sessions,
  part_number integer not null check (part_number between 1 and 10000),
  etag text not null,
  size_bytes bigint not null check (size_bytes >= 0),
  status part_status not null,
  uploaded_at timestamptz not null,
  primary key (session_id, part_number) include (size_bytes)
);
