-- What a receipt says beside what the session said already: the sum of the whole file as its client reported it for
-- this very upload (the dataset's own changes with its next upload), and one hash of the parts that storage listed.
-- Uploads that completed before have neither, and their receipts say so.
alter table upload_sessions
  add column checksum_sha256 text,
  add column part_list_sha256 text;

update upload_sessions s set checksum_sha256 = d.checksum_sha256
from datasets d
where d.id = s.dataset_id and d.object_key = s.object_key and d.checksum_sha256 is not null
  and s.status in ('INITIATING', 'INITIATED', 'UPLOADING', 'PAUSED', 'COMPLETING', 'EXPIRED');
