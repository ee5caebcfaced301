-- The services work as a role without DDL, and months go by while nobody runs admin migrate. So a worker makes
-- the months ahead, and drops those that are too old, through functions of the owner. They take no argument: what
-- is dropped is what the owner has written down here, and not what a service that was taken over asks for.
create table event_retention (
  table_name text not null primary key check (table_name = 'upload_events'),
  days integer not null check (days between 0 and 36500)
);
insert into event_retention values ('upload_events', 0);

-- Returns how many partitions it has made. Waits for nobody longer than a second: the DEFAULT partitions are
-- locked while a month is made beside them, and whoever writes events would wait behind us.
create function make_event_months() returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  set lock_timeout = '1s'
as $$
declare
  before bigint;
begin
  perform pg_advisory_xact_lock(7263041);
  select count(*) into before from pg_inherits
  where inhparent in ('upload_events'::regclass, 'audit_events'::regclass);
  perform create_event_partitions(now(), 3);
  return (select count(*) from pg_inherits
    where inhparent in ('upload_events'::regclass, 'audit_events'::regclass)) - before;
end $$;

-- Drops the oldest month of upload_events that has been over for as long as its rows are kept; true when it did.
create function drop_event_month() returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  set lock_timeout = '1s'
as $$
declare
  old text;
begin
  perform pg_advisory_xact_lock(7263041);
  select c.relname into old
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
    join event_retention r on r.table_name = 'upload_events'
  where i.inhparent = 'upload_events'::regclass and c.relname ~ '^upload_events_[0-9]{4}_[0-9]{2}$'
    and r.days > 0
    and (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC'
      + make_interval(days => r.days) < now()
  order by c.relname limit 1;
  if old is null then
    return false;
  end if;
  execute format('drop table %I', old);
  return true;
end $$;

revoke all on function make_event_months(), drop_event_month(), create_event_partitions(timestamptz, integer)
  from public;
