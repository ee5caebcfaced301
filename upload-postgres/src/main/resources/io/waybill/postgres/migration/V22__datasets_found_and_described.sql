-- Finding datasets by what is written in and about them. Both extensions come with PostgreSQL and are trusted:
-- whoever owns the database may add them (CREATE on it); where somebody else owns it, they are added beforehand.
create extension if not exists pg_trgm;
create extension if not exists btree_gin;

-- One made by hand has no file until an upload brings it: its size is 0.
do $$
declare
  old text;
begin
  select conname into strict old from pg_constraint
  where conrelid = 'datasets'::regclass and contype = 'c' and pg_get_constraintdef(oid) like '%file_size_bytes > 0%';
  execute format('alter table datasets drop constraint %I', old);
end $$;

alter table datasets
  add constraint file_is_known_or_awaited
    check (file_size_bytes > 0 or (file_size_bytes = 0 and object_key is null)) not valid,
  add column labels json_map not null default '{}',
  add column classification text check (length(classification) between 1 and 64),
  add column archived_at timestamptz,
  add column deleted_at timestamptz,
  add column deleted_from dataset_status,
  add constraint archived_has_a_time check (status <> 'ARCHIVED' or archived_at is not null) not valid,
  add constraint deleted_has_a_time check (status <> 'DELETED' or num_nulls(deleted_at, deleted_from) = 0) not valid;

create index datasets_by_validation on datasets (tenant_id, project_id, validation_status, id desc)
  where validation_status in ('PENDING', 'RUNNING', 'FAILED', 'SKIPPED');
create index datasets_by_recovery on datasets (tenant_id, project_id, recovery_status, id desc)
  where recovery_status <> 'NORMAL';

create table dataset_tags (
  tenant_id uuid not null,
  dataset_id uuid not null references datasets on delete cascade,
  tag_id uuid not null,
  primary key (dataset_id, tag_id),
  foreign key (tenant_id, tag_id) references tags (tenant_id, id) on delete cascade
);
create index dataset_tags_by_tag on dataset_tags (tenant_id, tag_id, dataset_id desc);

-- What a search looks at, in a table of its own: a dataset's row moves with its upload, and would write all of
-- this anew each time. A trigger writes it, so that replicas of before do, too.
create table dataset_search (
  dataset_id uuid primary key references datasets on delete cascade,
  project_id uuid not null,
  words text not null
);
create index dataset_search_words on dataset_search using gin (project_id, words gin_trgm_ops)
  with (gin_pending_list_limit = 256);

create function write_dataset_search() returns trigger language plpgsql as $$
begin
  insert into dataset_search (dataset_id, project_id, words)
  values (new.id, new.project_id, concat_ws(e'\n', new.name, new.original_filename, new.metadata::text))
  on conflict (dataset_id) do update set words = excluded.words;
  return null;
end $$;

-- The first trigger makes every writer wait until this migration is committed: what is written below is all.
create trigger new_datasets_are_found after insert on datasets for each row execute function write_dataset_search();
create trigger changed_datasets_are_found after update on datasets for each row
  when ((old.name, old.original_filename, old.metadata::jsonb)
    is distinct from (new.name, new.original_filename, new.metadata::jsonb))
  execute function write_dataset_search();

insert into dataset_search (dataset_id, project_id, words)
select d.id, d.project_id, concat_ws(e'\n', d.name, d.original_filename, d.metadata::text) from datasets d;
