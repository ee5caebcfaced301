-- How long audit rows are kept is written down by the owner (admin migrate); a worker drops months through functions
-- that take no argument, as with the events of uploads. A table of its own: an older admin migrate knows nothing of it.
create table audit_retention (
  is_only boolean primary key default true check (is_only),
  days integer not null check (days between 0 and 36500)
);
insert into audit_retention (days) values (0);

-- What was dropped, and by whom: rows of before are not missed by who verifies the chain of seals.
create table audit_drops (
  dropped_before timestamptz primary key,
  dropped_at timestamptz not null default now(),
  kept_days integer not null,
  dropped_by text not null default session_user
);

-- Whether a row of that partition waits for its seal: it is not dropped then.
create function has_unsealed_audit(part text) returns boolean
  language plpgsql stable
  set search_path = public, pg_temp
as $$
declare
  tenant uuid;
  last record;
  found_one boolean;
begin
  execute format('select e.tenant_id from %I e order by e.tenant_id limit 1', part) into tenant;
  while tenant is not null loop
    select s.last_xid, s.last_position, s.last_id into last
    from audit_seals s where s.tenant_id = tenant order by s.number desc limit 1;
    if not found then
      return true;
    end if;
    execute format(
      'select exists (select from %I e where e.tenant_id = $1 and (e.xid, e.position, e.id) > ($2, $3, $4))', part)
    into found_one using tenant, last.last_xid, last.last_position, last.last_id;
    if found_one then
      return true;
    end if;
    execute format('select e.tenant_id from %I e where e.tenant_id > $1 order by e.tenant_id limit 1', part)
    into tenant using tenant;
  end loop;
  return false;
end $$;

-- Drops the oldest month of audit_events that has been over for as long as its rows are kept, which is never shorter
-- than any dataset is; true when it did.
create function drop_audit_month() returns boolean
  language plpgsql security definer
  set search_path = public, pg_temp
  set lock_timeout = '1s'
as $$
declare
  kept integer;
  old text;
  month_end timestamptz;
begin
  select case when r.days = 0 then 0 else greatest(r.days,
    (select max(p.retention_days) from projects p), (select max(s.retention_days) from storage_policies s)) end
  into kept from audit_retention r;
  if kept = 0 then
    return false;
  end if;
  perform pg_advisory_xact_lock(7263041);
  select c.relname, (to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month') at time zone 'UTC'
  into old, month_end
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'audit_events'::regclass and c.relname ~ '^audit_events_[0-9]{4}_[0-9]{2}$'
  order by c.relname limit 1;
  if old is null or month_end + make_interval(days => kept) >= now() or has_unsealed_audit(old) then
    return false;
  end if;
  execute format('drop table %I', old);
  insert into audit_drops (dropped_before, kept_days) values (month_end, kept) on conflict do nothing;
  return true;
end $$;

-- Deletes seals that cover nothing but dropped rows, a few hundred at once, and keeps the last such of each tenant:
-- the chain begins with it. Returns how many.
create function drop_audit_seals() returns integer
  language plpgsql security definer
  set search_path = public, pg_temp
  set lock_timeout = '1s'
as $$
declare
  bound uuid;
  deleted integer;
begin
  select uuidv7_floor(max(dropped_before)) into bound from audit_drops;
  if bound is null then
    return 0;
  end if;
  with recursive tenants as (
    (select s.tenant_id from audit_seals s order by s.tenant_id limit 1)
    union all
    select (select s.tenant_id from audit_seals s where s.tenant_id > t.tenant_id order by s.tenant_id limit 1)
    from tenants t where t.tenant_id is not null
  ), firsts as (
    select f.* from tenants t cross join lateral (
      select s.tenant_id, s.number,
        not exists (select from unnest(s.row_ids) r(id) where r.id >= bound)
          and not exists (select from audit_events e where e.tenant_id = s.tenant_id and e.id = any(s.row_ids)) as is_gone
      from audit_seals s where s.tenant_id = t.tenant_id order by s.number limit 100) f
    where t.tenant_id is not null
  ), followed as (
    select f.tenant_id, f.number, f.is_gone
      and lead(f.is_gone, 1, false) over (partition by f.tenant_id order by f.number) as may_go
    from firsts f
  ), going as (
    select w.tenant_id, w.number, bool_and(w.may_go) over (partition by w.tenant_id order by w.number) as goes
    from followed w
  )
  delete from audit_seals s using going g
  where g.goes and s.tenant_id = g.tenant_id and s.number = g.number;
  get diagnostics deleted = row_count;
  return deleted;
end $$;

revoke all on function has_unsealed_audit(text), drop_audit_month(), drop_audit_seals() from public;
