-- What a project asks of what is put into it, and what it takes of its quota.

-- What open uploads have reserved and what is stored, without adding it up: the sum over a project's rows is it.
-- There are several, one per shard, as in open_counts; one may be negative, only the sums mean anything.
create table project_usage (
  project_id uuid not null,
  shard smallint not null check (shard between 0 and 15),
  used_bytes bigint not null,
  reserved_bytes bigint not null,
  open_uploads integer not null,
  primary key (project_id, shard)
) with (fillfactor = 50);

create function use_project(project uuid, used bigint, reserved bigint, opened integer) returns void language sql as $$
  insert into project_usage as u (project_id, shard, used_bytes, reserved_bytes, open_uploads)
  values (project, pg_backend_pid() & 15, used, reserved, opened)
  on conflict (project_id, shard) do update set used_bytes = u.used_bytes + excluded.used_bytes,
    reserved_bytes = u.reserved_bytes + excluded.reserved_bytes, open_uploads = u.open_uploads + excluded.open_uploads
$$;

create function reserve_for_new_sessions() returns trigger language plpgsql as $$
begin
  insert into project_usage as u (project_id, shard, used_bytes, reserved_bytes, open_uploads)
  select s.project_id, pg_backend_pid() & 15, 0, sum(s.file_size_bytes), count(*)
  from added s where s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')
  group by s.project_id order by s.project_id
  on conflict (project_id, shard) do update set
    reserved_bytes = u.reserved_bytes + excluded.reserved_bytes, open_uploads = u.open_uploads + excluded.open_uploads;
  return null;
end $$;

create function settle_moved_session() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING') then
    perform use_project(old.project_id, 0, old.file_size_bytes, 1);
  else
    perform use_project(old.project_id, 0, -old.file_size_bytes, -1);
  end if;
  return null;
end $$;

-- The first trigger makes every writer wait until this migration is committed: what is added up below is all.
create trigger new_sessions_reserve after insert on upload_sessions
  referencing new table as added for each statement execute function reserve_for_new_sessions();
create trigger moved_sessions_settle after update on upload_sessions for each row
  when ((old.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING'))
    <> (new.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')))
  execute function settle_moved_session();
create trigger deleted_sessions_settle after delete on upload_sessions for each row
  when (old.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING'))
  execute function settle_moved_session();

insert into project_usage (project_id, shard, used_bytes, reserved_bytes, open_uploads)
select s.project_id, 0, 0, sum(s.file_size_bytes), count(*)
from upload_sessions s where s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING')
group by s.project_id;

alter table projects
  add column metadata_schema json_map not null default '{}',
  add column max_bytes bigint check (max_bytes > 0),
  add column max_open_uploads integer check (max_open_uploads > 0),
  add column retention_days integer check (retention_days > 0),
  drop constraint projects_tenant_id_slug_key;
create unique index projects_slug on projects (tenant_id, slug) where status <> 'DELETED';
