-- Who may go past a lock in GOVERNANCE mode says so with the purge; a worker that goes on with it must know.
alter table datasets
  add column purge_bypasses_lock boolean not null default false,
  -- Stores that can lock are told of a hold, and of its end, after it is committed; who dies in between leaves it due.
  add column hold_due_at timestamptz;

create index datasets_holds_to_tell on datasets (hold_due_at) where hold_due_at is not null;

-- Whatever way a held dataset gets an object, its store is to be told; replicas of before write nothing of it either.
create function tell_of_held_object() returns trigger language plpgsql as $$
begin
  new.hold_due_at = greatest(new.hold_due_at, new.updated_at);
  return new;
end $$;

create trigger held_objects_are_told before update of object_etag on datasets for each row
  when (new.legal_hold_at is not null and new.object_etag is not null and new.object_etag is distinct from old.object_etag)
  execute function tell_of_held_object();
