-- What guards an upload's bytes is what its policy said when it was made. Replicas of before write nothing of it;
-- policies that ask for more than the usual are made when all replicas are of this version.
alter table upload_sessions
  add column checksum_mode checksum_mode not null default 'CLIENT_REPORTED',
  add column encryption_mode encryption_mode not null default 'NONE',
  add column kms_key_ref text,
  add column object_lock_mode object_lock_mode not null default 'NONE',
  add column object_lock_days integer,
  add column legal_hold boolean not null default false,
  add column object_checksums jsonb,
  add constraint session_lock_is_whole check ((object_lock_mode = 'NONE') = (object_lock_days is null)
    and coalesce(object_lock_days between 1 and 36500, true)) not valid;
