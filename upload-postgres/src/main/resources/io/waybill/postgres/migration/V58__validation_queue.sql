-- Whose turn it is to look at a dataset, and until when. What has no date was never looked at.
alter table datasets
  add column validation_due_at timestamptz,
  add column validation_attempt integer not null default 0;

create index datasets_unvalidated on datasets (validation_due_at nulls first)
  where status = 'PROCESSING' and validation_status in ('PENDING', 'RUNNING');
