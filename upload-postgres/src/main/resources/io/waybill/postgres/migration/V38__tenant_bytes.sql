-- How much a tenant may hold, and what it takes of it: what its projects take together.
alter table tenants add column max_bytes bigint check (max_bytes > 0); -- null: what the installation says

-- In shards, as project_usage; only the sums mean anything.
create table tenant_usage (
  tenant_id uuid not null,
  shard smallint not null check (shard between 0 and 15),
  used_bytes bigint not null,
  reserved_bytes bigint not null,
  primary key (tenant_id, shard)
) with (fillfactor = 50);

-- A change of a project's row is one of its tenant's row of that shard: what V19 and V20 count of a project, and an
-- older version of the program with them, is counted of the tenant by the same statement.
create function use_tenant() returns trigger language plpgsql as $$
declare
  more_used bigint := new.used_bytes;
  more_reserved bigint := new.reserved_bytes;
begin
  if tg_op = 'UPDATE' then
    more_used := more_used - old.used_bytes;
    more_reserved := more_reserved - old.reserved_bytes;
  end if;
  insert into tenant_usage as u (tenant_id, shard, used_bytes, reserved_bytes)
  select p.tenant_id, new.shard, more_used, more_reserved from projects p where p.id = new.project_id
  on conflict (tenant_id, shard) do update set used_bytes = u.used_bytes + excluded.used_bytes,
    reserved_bytes = u.reserved_bytes + excluded.reserved_bytes;
  return null;
end $$;

-- The first trigger makes whoever counts wait until this migration is committed: what is added up below is all.
create trigger new_usage_is_the_tenants_too after insert on project_usage for each row
  execute function use_tenant();
create trigger changed_usage_is_the_tenants_too after update on project_usage for each row
  when (old.used_bytes <> new.used_bytes or old.reserved_bytes <> new.reserved_bytes)
  execute function use_tenant();

insert into tenant_usage (tenant_id, shard, used_bytes, reserved_bytes)
select p.tenant_id, 0, sum(u.used_bytes), sum(u.reserved_bytes)
from project_usage u join projects p on p.id = u.project_id group by p.tenant_id;
