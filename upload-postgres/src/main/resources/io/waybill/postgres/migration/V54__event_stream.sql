-- Who follows a project reads its events. What replicas of the version before write while this one starts has no
-- project, and is followed by nobody; sinks are told of it all the same.
alter table outbox_events add column project_id uuid;

create index outbox_events_of_project on outbox_events (tenant_id, project_id, xid, position)
  where project_id is not null;
