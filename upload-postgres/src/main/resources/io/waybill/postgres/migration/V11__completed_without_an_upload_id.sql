-- An object that was found although we never heard of its upload is COMPLETED without an upload id; '' stood there.
alter table upload_sessions drop constraint upload_id_once_initiated;
alter table upload_sessions add constraint upload_id_once_initiated check (case
  when status = 'INITIATING' then upload_id is null
  when status in ('ABORTING', 'ABORTED', 'FAILED', 'COMPLETED') then true
  else upload_id is not null end) not valid;
alter table upload_sessions validate constraint upload_id_once_initiated;
update upload_sessions set upload_id = null where status = 'COMPLETED' and upload_id = '';
