-- What Mosquitto keeps of a password (PBKDF2, salted), so that its files can be written from the registry. Null of
-- credentials from before: their secrets are known to their devices alone.
alter table device_credentials add column broker_hash text check (broker_hash like '$7$%');
