-- The CHECKs of upload_sessions, in one. At each statement that writes the table the server reads the text of every
-- CHECK anew, and these were 25 kB of it: a seventh of what a create cost the database. What it keeps of a plpgsql
-- function, it keeps for the life of the connection. The rules are the same, and null still means that nothing is
-- broken. A later rule needs a function of another name and a new constraint: rows are not looked at again because
-- a function was replaced.
create function upload_session_is_whole(s upload_sessions) returns boolean language plpgsql immutable as $$
begin
  return s.file_size_bytes > 0 and s.part_size_bytes > 0 and s.attempt >= 0 and s.version >= 0
    and s.expires_at > s.created_at
    -- the parts fit
    and (s.file_size_bytes + s.part_size_bytes - 1) / s.part_size_bytes <= 10000
    -- an upload id, once initiated
    and case
      when s.status = 'INITIATING' then s.upload_id is null
      when s.status in ('ABORTING', 'ABORTED', 'FAILED', 'COMPLETED') then true
      else s.upload_id is not null end
    -- a pause has a time, and a reason only then
    and (s.pause_reason is null or s.paused_at is not null)
    and (s.paused_at is not null) = (s.status = 'PAUSED' or coalesce(s.completing_from = 'PAUSED', false))
    -- completing has a lease
    and case
      when s.status = 'COMPLETING' then s.completing_from in ('INITIATED', 'UPLOADING', 'PAUSED')
        and s.completing_from is not null and s.lease_until is not null and s.attempt > 0
      else num_nonnulls(s.completing_from, s.lease_until) = 0 end
    -- completed has an object
    and case
      when s.status = 'COMPLETED' then num_nulls(s.object_size_bytes, s.object_etag, s.completed_at) = 0
        and s.object_size_bytes = s.file_size_bytes
      else num_nonnulls(s.object_size_bytes, s.object_etag, s.object_version_id, s.completed_at) = 0 end
    -- an abort has a reason and, once done, a time; it is done again only after the end
    and (s.abort_reason is not null) = (s.status in ('ABORTING', 'ABORTED'))
    and (s.aborted_at is not null) = (s.status = 'ABORTED')
    and (s.abort_again_at is null or s.status in ('ABORTED', 'FAILED'))
    -- failed says why
    and num_nulls(s.last_error_code, s.last_error_message, s.last_error_at)
      = case when s.status = 'FAILED' then 0 else 3 end
    -- due when there is work
    and case
      when s.status in ('INITIATED', 'UPLOADING', 'PAUSED') then s.due_at is not null
        and (s.due_at = s.expires_at or (s.missing_since is not null and s.due_at < s.expires_at))
      when s.status in ('INITIATING', 'ABORTING') then s.due_at is not null
      when s.status = 'EXPIRED' then s.due_at > s.expires_at and s.due_at is not null
      when s.status = 'COMPLETING' then s.due_at >= s.lease_until and s.due_at is not null
      when s.status = 'COMPLETED' then s.due_at is null
      else s.due_at is not distinct from s.abort_again_at end;
end $$;

alter table upload_sessions
  add constraint session_is_whole check (upload_session_is_whole(upload_sessions.*)),
  drop constraint upload_sessions_file_size_bytes_check,
  drop constraint upload_sessions_part_size_bytes_check,
  drop constraint upload_sessions_attempt_check,
  drop constraint upload_sessions_version_check,
  drop constraint upload_sessions_check,
  drop constraint parts_fit,
  drop constraint upload_id_once_initiated,
  drop constraint pause_is_whole,
  drop constraint completing_has_a_lease,
  drop constraint completed_has_an_object,
  drop constraint abort_has_a_reason,
  drop constraint aborted_has_a_time,
  drop constraint abort_again_after_the_end,
  drop constraint failed_says_why,
  drop constraint due_when_there_is_work;
