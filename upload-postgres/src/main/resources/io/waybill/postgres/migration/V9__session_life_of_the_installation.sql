-- A storage policy that does not say how long its uploads may take leaves it to the installation.
alter table storage_policies
  alter column session_life_seconds drop not null,
  alter column max_session_life_seconds drop not null;
