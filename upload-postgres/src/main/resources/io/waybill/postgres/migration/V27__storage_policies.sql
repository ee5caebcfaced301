-- Storage policies are kept over HTTP, and ask of a store only what it was found to do.
create type checksum_mode as enum ('NONE', 'CLIENT_REPORTED', 'SERVER_ASYNC_VALIDATE', 'SERVER_STRICT_VALIDATE',
  'STORAGE_NATIVE_CRC32C', 'STORAGE_NATIVE_CRC64NVME', 'STORAGE_NATIVE_SHA256');
create type encryption_mode as enum ('NONE', 'SSE_S3', 'SSE_KMS');
create type object_lock_mode as enum ('NONE', 'GOVERNANCE', 'COMPLIANCE');

alter table storage_policies
  add column region text check (length(region) between 1 and 64),
  add column retention_days integer check (retention_days between 1 and 36500),
  add column checksum_mode checksum_mode not null default 'CLIENT_REPORTED',
  add column encryption_mode encryption_mode not null default 'NONE',
  add column kms_key_ref text check (kms_key_ref ~ '^[A-Za-z0-9._-]{1,64}$'),
  add column object_lock_mode object_lock_mode not null default 'NONE',
  add column object_lock_days integer check (object_lock_days between 1 and 36500),
  add column legal_hold_default boolean not null default false,
  add column instant_upload_allowed boolean not null default false,
  add constraint a_key_is_for_kms check (kms_key_ref is null or encryption_mode = 'SSE_KMS'),
  add constraint a_lock_is_whole check ((object_lock_mode = 'NONE') = (object_lock_days is null));

create index storage_policies_list on storage_policies (tenant_id, id);

-- What the probe found, by endpoint and bucket of the operator's configuration.
create table storage_capabilities (
  endpoint_ref text not null check (endpoint_ref ~ '^[A-Za-z0-9._-]{1,64}$'),
  bucket text not null check (length(bucket) between 3 and 63),
  found text[] not null,
  probed_at timestamptz not null,
  primary key (endpoint_ref, bucket)
);
