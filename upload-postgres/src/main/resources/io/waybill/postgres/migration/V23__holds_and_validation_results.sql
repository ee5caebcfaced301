-- What keeps a dataset, what validators have said of it, and what was read out of it to be shown.
create type preview_status as enum ('NONE', 'READY', 'FAILED');

alter table datasets
  add column legal_hold_at timestamptz,
  add column legal_hold_reason text check (legal_hold_reason <> ''),
  add constraint legal_hold_is_whole check (num_nulls(legal_hold_at, legal_hold_reason) in (0, 2)) not valid,
  add column preview_status preview_status not null default 'NONE',
  add column preview_metadata json_map not null default '{}',
  -- Who releases what was quarantined answers for what no validator has passed.
  drop constraint ready_is_validated,
  add constraint ready_is_validated
    check (status <> 'READY' or (validation_status in ('NOT_REQUIRED', 'PASSED', 'SKIPPED') and recovery_status = 'NORMAL'))
    not valid;

create table dataset_validation_results (
  id uuid primary key,
  tenant_id uuid not null references tenants,
  dataset_id uuid not null references datasets on delete cascade,
  validator text not null check (validator <> ''),
  validator_version text not null check (validator_version <> ''),
  status validation_status not null,
  extracted json_map not null default '{}',
  errors jsonb not null default '[]' check (jsonb_typeof(errors) = 'array'),
  started_at timestamptz not null,
  finished_at timestamptz
);
create index dataset_validation_results_latest on dataset_validation_results (tenant_id, dataset_id, id desc);
