-- What happened. Rows are only ever added, and outlive what they speak of: no foreign keys.

create table upload_events (
  id uuid not null primary key,
  tenant_id uuid not null,
  project_id uuid not null,
  dataset_id uuid not null,
  task_id uuid not null,
  object_id uuid not null,
  source_device_id uuid,
  session_id uuid not null,
  type text not null check (type ~ '^[a-z_]+\.[a-z_]+$'),
  actor text not null,
  request_id text not null,
  occurred_at timestamptz not null,
  part_numbers integer[] not null,
  valid_until timestamptz,
  details json_map not null,
  constraint only_urls_expire check (valid_until is null or type = 'upload.parts_presigned')
) partition by range (id);

create index upload_events_timeline on upload_events (tenant_id, session_id, id);

create table audit_events (
  id uuid not null primary key,
  tenant_id uuid not null,
  actor text not null,
  action text not null,
  resource_type text not null,
  resource_id uuid not null,
  result text not null,
  request_id text not null,
  transport text not null,
  occurred_at timestamptz not null,
  details json_map not null
) partition by range (id);

-- Ids are UUIDv7: their first 48 bits are milliseconds, so a month of ids is a range of ids.
create function uuidv7_floor(at timestamptz) returns uuid
  language sql immutable strict
  return (rpad(lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0'), 32, '0'))::uuid;

-- Makes the monthly partitions of both tables that are not there yet. A month of which the DEFAULT partition
-- already holds rows keeps them there.
create function create_event_partitions(from_time timestamptz, months_ahead integer) returns void
  language plpgsql as $$
declare
  parent text;
  lower_time timestamptz;
  upper_time timestamptz;
  lower_id uuid;
  upper_id uuid;
  taken boolean;
begin
  foreach parent in array array['upload_events', 'audit_events'] loop
    for month in 0 .. months_ahead loop
      lower_time := (date_trunc('month', from_time at time zone 'UTC') + make_interval(months => month)) at time zone 'UTC';
      upper_time := (date_trunc('month', from_time at time zone 'UTC') + make_interval(months => month + 1)) at time zone 'UTC';
      lower_id := uuidv7_floor(lower_time);
      upper_id := uuidv7_floor(upper_time);
      if to_regclass(format('%s_%s', parent, to_char(lower_time at time zone 'UTC', 'YYYY_MM'))) is null then
        execute format('select exists (select from %I where id >= %L and id < %L)', parent || '_default', lower_id, upper_id)
          into taken;
        if not taken then
          execute format('create table %I partition of %I for values from (%L) to (%L)',
            format('%s_%s', parent, to_char(lower_time at time zone 'UTC', 'YYYY_MM')), parent, lower_id, upper_id);
        end if;
      end if;
    end loop;
  end loop;
end $$;

create table upload_events_default partition of upload_events default;
create table audit_events_default partition of audit_events default;
do $$ begin perform create_event_partitions(now(), 3); end $$;

-- Written with the change itself, delivered later. Readers of the stream stay below
-- pg_snapshot_xmin(pg_current_snapshot()), so that a late commit is never skipped.
create table outbox_events (
  position bigint generated always as identity primary key,
  id uuid not null unique,
  tenant_id uuid not null,
  aggregate_type text not null,
  aggregate_id uuid not null,
  sequence bigint not null,
  type text not null check (type ~ '^[a-z_]+\.[a-z_]+$'),
  occurred_at timestamptz not null,
  payload json_map not null,
  xid xid8 not null default pg_current_xact_id()
);

create type delivery_status as enum ('PENDING', 'DELIVERED', 'DEAD_LETTERED');

create table outbox_deliveries (
  event_position bigint not null references outbox_events on delete cascade,
  sink text not null check (sink <> ''),
  endpoint text not null default '',
  status delivery_status not null default 'PENDING',
  attempts integer not null default 0 check (attempts between 0 and 12),
  next_attempt_at timestamptz not null,
  lease_until timestamptz,
  delivered_at timestamptz,
  last_error text,
  primary key (event_position, sink, endpoint),
  check ((status = 'DELIVERED') = (delivered_at is not null))
);

create index outbox_deliveries_pending on outbox_deliveries (sink, next_attempt_at) where status = 'PENDING';
