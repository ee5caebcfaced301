-- The same for the open tasks of a project; by itself, so that no migration waits for two tables at once.
create function count_new_tasks() returns trigger language plpgsql as $$
begin
  insert into open_counts as c (owner_id, shard, open)
  select t.project_id, pg_backend_pid() & 15, count(*)
  from added t where t.status in ('PENDING', 'PROCESSING', 'PAUSED')
  group by t.project_id order by t.project_id
  on conflict (owner_id, shard) do update set open = c.open + excluded.open;
  return null;
end $$;

create function count_moved_task() returns trigger language plpgsql as $$
begin
  perform count_open(array[old.project_id], case
    when tg_op = 'UPDATE' and new.status in ('PENDING', 'PROCESSING', 'PAUSED') then 1 else -1 end);
  return null;
end $$;

create trigger new_tasks_are_counted after insert on upload_tasks
  referencing new table as added for each statement execute function count_new_tasks();
create trigger moved_tasks_are_counted after update on upload_tasks for each row
  when ((old.status in ('PENDING', 'PROCESSING', 'PAUSED')) <> (new.status in ('PENDING', 'PROCESSING', 'PAUSED')))
  execute function count_moved_task();
create trigger deleted_tasks_are_counted after delete on upload_tasks for each row
  when (old.status in ('PENDING', 'PROCESSING', 'PAUSED')) execute function count_moved_task();

insert into open_counts (owner_id, shard, open)
select project_id, 0, count(*) from upload_tasks where status in ('PENDING', 'PROCESSING', 'PAUSED')
group by project_id;
