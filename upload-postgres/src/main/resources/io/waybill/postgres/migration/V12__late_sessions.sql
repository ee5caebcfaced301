-- What a worker has yet to mark as expired, of one project: lists by status count it as if it were marked.
create index upload_sessions_late on upload_sessions (tenant_id, project_id, expires_at)
  where status in ('INITIATED', 'UPLOADING', 'PAUSED');
