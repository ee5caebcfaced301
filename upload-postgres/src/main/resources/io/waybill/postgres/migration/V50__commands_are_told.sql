-- Commands are told to their devices. What an older replica writes is due at once, as it should be.
-- is_untold: the device is to be told, and what stands behind it waits. due_at: when it is looked at; also the end of
-- the lease of whoever is telling it. claim tells the leases apart.
alter table device_commands
  add column is_untold boolean not null default true,
  add column due_at timestamptz not null default now(),
  add column claim bigint not null default 0,
  add column attempts integer not null default 0 check (attempts >= 0),
  add column sent_at timestamptz,
  add column finished_at timestamptz,
  add column error_code text check (length(error_code) between 1 and 64),
  add column error_message text check (length(error_message) <= 1024),
  add check (error_message is null or error_code is not null);

update device_commands set is_untold = false, finished_at = updated_at
where status in ('DONE', 'FAILED', 'REJECTED', 'EXPIRED');

create index device_commands_due on device_commands (due_at) where status in ('PENDING', 'SENT');
create index device_commands_expiry on device_commands (expires_at) where status in ('PENDING', 'SENT');
create index device_commands_order on device_commands (tenant_id, device_id, id) where status in ('PENDING', 'SENT');
