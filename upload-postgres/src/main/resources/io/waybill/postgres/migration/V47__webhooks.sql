-- Endpoints that a tenant's own systems are told events at. Secrets are sealed with a key that is not in here.
create type webhook_status as enum ('ENABLED', 'DISABLED');

create table webhook_endpoints (
  id uuid not null,
  tenant_id uuid not null references tenants,
  url text not null check (length(url) between 1 and 2048),
  description text check (length(description) between 1 and 500),
  event_types text[] not null check (cardinality(event_types) between 1 and 100),
  status webhook_status not null,
  secret text not null check (secret <> ''),
  previous_secret text check (previous_secret <> ''),
  previous_secret_until timestamptz,
  version bigint not null check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (tenant_id, id),
  check ((previous_secret is null) = (previous_secret_until is null))
);

-- What is due to each endpoint: however much one has that is away, another one's is found at once.
create index outbox_deliveries_due_to on outbox_deliveries (sink, endpoint, next_attempt_at, event_position)
  where status = 'PENDING' and endpoint <> '';
