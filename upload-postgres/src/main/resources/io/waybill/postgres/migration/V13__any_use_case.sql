-- A use case that remembers its answers names itself: a new one is no change of the schema.
alter table idempotency_records
  alter column use_case type text using use_case::text,
  add constraint use_case_is_a_word check (use_case ~ '^[A-Z]+(_[A-Z]+)*$');
drop type use_case;
