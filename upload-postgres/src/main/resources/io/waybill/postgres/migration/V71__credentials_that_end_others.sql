-- Whether every other credential of the device ended when this one was issued: until it is shown, whoever is still
-- connected with one of them may not ask for another.
alter table device_credentials add column ends_others boolean not null default false;
