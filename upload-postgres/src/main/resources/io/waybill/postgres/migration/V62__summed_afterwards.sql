-- What is READY already may still wait for a worker that sums it (SERVER_ASYNC_VALIDATE).
alter table datasets
  drop constraint ready_is_validated,
  add constraint ready_is_validated
    check (status <> 'READY' or (validation_status <> 'FAILED' and recovery_status = 'NORMAL')) not valid;

drop index datasets_unvalidated;

create index datasets_unvalidated on datasets (validation_due_at nulls first)
  where status in ('PROCESSING', 'READY', 'ARCHIVED') and validation_status in ('PENDING', 'RUNNING');
