-- Sums that are more than a client's word. Of a dataset whose object has changed since, the row says nothing: its
-- object's ETag and version are held against these whenever a twin is looked for.
create table verified_checksums (
  dataset_id uuid primary key references datasets on delete cascade,
  tenant_id uuid not null,
  project_id uuid not null,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size_bytes bigint not null check (size_bytes > 0),
  etag text not null,
  version_id text,
  verified_at timestamptz not null
);

create index verified_checksums_contents
  on verified_checksums (tenant_id, project_id, sha256, size_bytes, verified_at);

-- The object that a session copies instead of waiting for parts. What was written before, or by an older replica, copies
-- nothing; and an older replica that finds such a session has its file sent.
alter table upload_sessions add column copy_source jsonb;
