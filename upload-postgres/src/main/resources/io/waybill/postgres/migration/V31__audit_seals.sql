-- The chain of seals over a tenant's audit rows: which there were, and SHA-256 of what each said (32 bytes each,
-- in the order of row_ids). Rows are only ever added. No foreign keys: it outlives what it speaks of.
create table audit_seals (
  tenant_id uuid not null,
  number bigint not null check (number > 0),
  sealed_at timestamptz not null,
  row_ids uuid[] not null check (cardinality(row_ids) > 0),
  digests bytea not null check (length(digests) = 32 * cardinality(row_ids)),
  last_xid xid8 not null,
  last_position bigint not null,
  last_id uuid not null,
  previous sha256_hex not null,
  hash sha256_hex not null,
  primary key (tenant_id, number)
);
