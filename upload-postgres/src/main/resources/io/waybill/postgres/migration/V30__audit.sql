-- Audit rows say where a request came from, and are found by who, what, on what and when. Rows of before say
-- nothing of where; replicas of before this version go on writing such rows.

create sequence audit_events_position;

-- Constant defaults rewrite no row. Sealing reads in the order of (xid, position, id) and stays below the oldest
-- running transaction: rows of before have no transaction, and are sealed first.
alter table audit_events
  add column address text,
  add column user_agent text,
  add column position bigint not null default 0,
  add column xid xid8 not null default '0';
alter table audit_events
  alter column position set default nextval('audit_events_position'),
  alter column xid set default pg_current_xact_id();

create index audit_events_list on audit_events (tenant_id, id);
create index audit_events_actor on audit_events (tenant_id, actor, id);
create index audit_events_action on audit_events (tenant_id, action, id);
create index audit_events_resource on audit_events (tenant_id, resource_id, id);
create index audit_events_unsealed on audit_events (tenant_id, xid, position, id);
