-- How much is open, without counting it: a tenant's and a device's open uploads, a project's open tasks.
-- The sum over an owner's rows is the count. There are several, one per shard, so that those who open and end
-- uploads at once do not wait for one row: each server process has its shard. One may be negative, where more
-- has ended than begun; only the sum means anything.
create table open_counts (
  owner_id uuid not null, -- a tenant, a device or a project
  shard smallint not null check (shard between 0 and 15),
  open integer not null,
  primary key (owner_id, shard)
) with (fillfactor = 50);

-- Kept by triggers, not by our statements: whoever changes a session, an older version of the program
-- included, changes the count in the same transaction.
create function count_open(owners uuid[], change integer) returns void language sql as $$
  insert into open_counts as c (owner_id, shard, open)
  select o, pg_backend_pid() & 15, change from unnest(owners) o where o is not null order by o
  on conflict (owner_id, shard) do update set open = c.open + excluded.open
$$;

create function count_new_sessions() returns trigger language plpgsql as $$
begin
  insert into open_counts as c (owner_id, shard, open)
  select o.id, pg_backend_pid() & 15, count(*)
  from added s cross join lateral (values (s.tenant_id), (s.source_device_id)) o(id)
  where s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING') and o.id is not null
  group by o.id order by o.id
  on conflict (owner_id, shard) do update set open = c.open + excluded.open;
  return null;
end $$;

create function count_moved_session() returns trigger language plpgsql as $$
begin
  perform count_open(array[old.tenant_id, old.source_device_id], case
    when tg_op = 'UPDATE' and new.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING') then 1
    else -1 end);
  return null;
end $$;

-- The first trigger makes every writer wait until this migration is committed: what is counted below is all.
create trigger new_sessions_are_counted after insert on upload_sessions
  referencing new table as added for each statement execute function count_new_sessions();
create trigger moved_sessions_are_counted after update on upload_sessions for each row
  when ((old.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING'))
    <> (new.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')))
  execute function count_moved_session();
create trigger deleted_sessions_are_counted after delete on upload_sessions for each row
  when (old.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING'))
  execute function count_moved_session();

insert into open_counts (owner_id, shard, open)
select o.id, 0, count(*)
from upload_sessions s cross join lateral (values (s.tenant_id), (s.source_device_id)) o(id)
where s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING') and o.id is not null
group by o.id;

-- It served the count. Without it, most moves of a session change no index at all.
drop index upload_sessions_open;
alter table upload_sessions set (fillfactor = 70);
alter table upload_objects set (fillfactor = 80);
