-- What is stored of a project, as its datasets say; see V19.
create function use_stored_bytes() returns trigger language plpgsql as $$
declare
  before bigint := 0;
  now_is bigint := 0;
begin
  if tg_op <> 'INSERT' and old.status <> 'PURGED' then before := coalesce(old.object_size_bytes, 0); end if;
  if tg_op <> 'DELETE' and new.status <> 'PURGED' then now_is := coalesce(new.object_size_bytes, 0); end if;
  if before <> now_is then
    perform use_project(case when tg_op = 'DELETE' then old.project_id else new.project_id end, now_is - before, 0, 0);
  end if;
  return null;
end $$;

create trigger stored_datasets_are_used after insert on datasets for each row
  when (new.object_size_bytes is not null) execute function use_stored_bytes();
create trigger changed_datasets_are_used after update on datasets for each row
  when (old.object_size_bytes is distinct from new.object_size_bytes or (old.status = 'PURGED') <> (new.status = 'PURGED'))
  execute function use_stored_bytes();
create trigger deleted_datasets_are_not_used after delete on datasets for each row
  when (old.object_size_bytes is not null) execute function use_stored_bytes();

insert into project_usage as u (project_id, shard, used_bytes, reserved_bytes, open_uploads)
select d.project_id, 0, sum(d.object_size_bytes), 0, 0
from datasets d where d.object_size_bytes is not null and d.status <> 'PURGED' group by d.project_id
on conflict (project_id, shard) do update set used_bytes = u.used_bytes + excluded.used_bytes;

-- A tag outlives its category.
create table tags (
  id uuid primary key,
  tenant_id uuid not null,
  project_id uuid not null,
  tag_category_id uuid,
  name text not null check (length(name) between 1 and 100),
  description text check (length(description) between 1 and 1000),
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, id),
  unique (tenant_id, project_id, name),
  foreign key (tenant_id, project_id) references projects (tenant_id, id),
  foreign key (tenant_id, tag_category_id) references tag_categories (tenant_id, id)
    on delete set null (tag_category_id)
);

create index tags_list on tags (tenant_id, project_id, id);
create index tags_by_category on tags (tenant_id, tag_category_id, id) where tag_category_id is not null;
