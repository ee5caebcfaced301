-- Keys of calls that were made, and what they were answered. Never a URL in an answer.

create type use_case as enum ('CREATE_TASK', 'PAUSE', 'RESUME', 'COMPLETE', 'ABORT', 'EXTEND', 'RETRY_OBJECT');

create table idempotency_records (
  tenant_id uuid not null references tenants,
  actor text not null check (actor <> ''),
  key text not null check (length(key) between 1 and 255),
  use_case use_case not null,
  fingerprint sha256_hex not null,
  lease_until timestamptz not null,
  expires_at timestamptz not null,
  created_id uuid, -- a task or a session that may never come to be: the claim is written first
  taken_over boolean not null default false,
  answer json_map,
  remembered_at timestamptz,
  reply_address text,
  reply_request text,
  reply_claimed_until timestamptz,
  answered_at timestamptz,
  primary key (tenant_id, actor, key),
  check ((answer is null) = (remembered_at is null)),
  check ((reply_address is null) = (reply_request is null)),
  check (reply_address is not null or (reply_claimed_until is null and answered_at is null))
);

create index idempotency_records_unanswered on idempotency_records (lease_until)
  where reply_address is not null and answered_at is null;
create index idempotency_records_expiry on idempotency_records (expires_at);
