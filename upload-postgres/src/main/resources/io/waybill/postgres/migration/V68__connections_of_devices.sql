-- The connection that a device has told of last; null for one that never tells of any, of which nobody can say that
-- it is away.
alter table devices add column connection_id text;
