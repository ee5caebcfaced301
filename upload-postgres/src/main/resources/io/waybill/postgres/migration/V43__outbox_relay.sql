-- The relay. Nothing has been delivered before: the table of V3 is empty, and nobody reads it.
drop table outbox_deliveries;

-- How far each sink has looked at the stream, in the order of transactions. While it is behind, some events of
-- an aggregate may have deliveries and earlier ones of it not yet: nothing is claimed then.
create table outbox_cursors (
  sink text primary key check (sink <> ''),
  xid xid8 not null default '0',
  position bigint not null default 0,
  is_behind boolean not null default true
);

create index outbox_events_stream on outbox_events (xid, position);

-- next_attempt_at is also the end of the lease of who is trying it. claim tells the leases apart.
create table outbox_deliveries (
  id uuid not null,
  tenant_id uuid not null,
  event_position bigint not null,
  aggregate_id uuid not null,
  occurred_at timestamptz not null,
  sink text not null check (sink <> ''),
  endpoint text not null default '',
  status delivery_status not null default 'PENDING',
  attempts integer not null default 0 check (attempts between 0 and 12),
  claim bigint not null default 0,
  next_attempt_at timestamptz not null,
  delivered_at timestamptz,
  last_error text,
  primary key (tenant_id, id),
  unique (event_position, sink, endpoint),
  check ((status = 'DELIVERED') = (delivered_at is not null))
);

create index outbox_deliveries_due on outbox_deliveries (sink, next_attempt_at, event_position)
  where status = 'PENDING';
create index outbox_deliveries_order on outbox_deliveries (sink, endpoint, aggregate_id, event_position)
  where status = 'PENDING';
create index outbox_deliveries_undelivered on outbox_deliveries (tenant_id, status, id)
  where status <> 'DELIVERED';
