-- When storage first said that it does not know an upload is remembered in every state, not only while a completion is
-- under way; an open session that was denied is looked at before its end.
alter table upload_sessions drop constraint completing_has_a_lease;
alter table upload_sessions add constraint completing_has_a_lease check (case
  when status = 'COMPLETING' then completing_from in ('INITIATED', 'UPLOADING', 'PAUSED')
    and completing_from is not null and lease_until is not null and attempt > 0
  else num_nonnulls(completing_from, lease_until) = 0 end);
alter table upload_sessions drop constraint due_when_there_is_work;
alter table upload_sessions add constraint due_when_there_is_work check (case
  when status in ('INITIATED', 'UPLOADING', 'PAUSED') then due_at is not null
    and (due_at = expires_at or (missing_since is not null and due_at < expires_at))
  when status in ('INITIATING', 'ABORTING') then due_at is not null
  when status = 'EXPIRED' then due_at > expires_at and due_at is not null
  when status = 'COMPLETING' then due_at >= lease_until and due_at is not null
  when status = 'COMPLETED' then due_at is null
  else due_at is not distinct from abort_again_at end);
