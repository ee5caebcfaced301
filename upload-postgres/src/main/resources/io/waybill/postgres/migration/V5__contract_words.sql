-- The words of the contract: what a part's row says, and what events are called.

create type part_word as enum ('UPLOADED', 'FAILED');

alter table upload_parts
  add column confirmed boolean not null default false,
  add column checksum_sha256 sha256_hex,
  add column word part_word not null default 'UPLOADED';

update upload_parts p set confirmed = p.status = 'STORED',
  word = case when p.status = 'STORED' and p.size_bytes <> least(s.part_size_bytes,
    s.file_size_bytes - s.part_size_bytes * (p.part_number - 1)) then 'FAILED'::part_word else 'UPLOADED' end
from upload_sessions s where s.id = p.session_id;

alter table upload_parts drop column status;
drop type part_status;
alter type part_word rename to part_status;
alter table upload_parts rename column word to status;
alter table upload_parts
  alter column confirmed drop default,
  alter column status drop default,
  add constraint only_storage_fails_a_part check (status = 'UPLOADED' or confirmed),
  drop constraint upload_parts_pkey,
  add primary key (session_id, part_number) include (size_bytes, status);

create function contract_word(was text) returns text language sql immutable
  return case was
    when 'upload.parts_presigned' then 'upload.presign_issued'
    when 'upload.parts_acknowledged' then 'upload.part_acknowledged'
    when 'upload.completing' then 'upload.complete_requested'
    when 'upload.aborting' then 'upload.abort_requested'
    else was end;

alter table upload_events drop constraint only_urls_expire;
delete from upload_events where type = 'upload.swept';
update upload_events set type = contract_word(type) where type <> contract_word(type);
update audit_events set action = contract_word(action) where action <> contract_word(action);
update outbox_events set type = contract_word(type) where type <> contract_word(type);
alter table upload_events
  add constraint only_urls_expire check (valid_until is null or type = 'upload.presign_issued');

drop function contract_word(text);

-- A pause needs no reason.
alter table upload_sessions drop constraint pause_is_whole;
alter table upload_sessions add constraint pause_is_whole check ((pause_reason is null or paused_at is not null)
  and (paused_at is not null) = (status = 'PAUSED' or coalesce(completing_from = 'PAUSED', false)));
