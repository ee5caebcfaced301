-- Where storage checks sums, the sum that the last URL of a part was signed for: what storage lists is held against it.
create table upload_part_sums (
  session_id uuid not null references upload_sessions on delete cascade,
  part_number integer not null check (part_number between 1 and 10000),
  sum text not null,
  primary key (session_id, part_number)
);
