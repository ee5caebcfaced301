-- How far the walks in search of uploads that no session carries have come. A claim is a due_at in the future.
create table upload_sweeps (
  endpoint_ref text not null,
  bucket text not null,
  kind text not null check (kind in ('PREFIX', 'KEYS', 'LATE_KEYS')),
  cursor text not null,
  due_at timestamptz not null,
  primary key (endpoint_ref, bucket, kind)
);
