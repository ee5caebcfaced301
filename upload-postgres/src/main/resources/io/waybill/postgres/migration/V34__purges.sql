-- That a dataset is to be purged is committed before storage is asked to delete; who dies in between leaves it due.
alter table datasets
  add column purge_requested_at timestamptz,
  add column purge_due_at timestamptz,
  -- A replica of before knows nothing of purges, and must not bring back, or hold, what is being deleted.
  add constraint purged_from_the_recycle_bin
    check (purge_requested_at is null or (status in ('DELETED', 'PURGED') and legal_hold_at is null)) not valid,
  add constraint purge_is_due check (purge_due_at is null or (purge_requested_at is not null and status = 'DELETED'))
    not valid;

create index datasets_to_purge on datasets (purge_due_at) where purge_due_at is not null;

-- Every place where an upload may have left an object of a dataset.
create index upload_sessions_by_dataset on upload_sessions (tenant_id, dataset_id);
