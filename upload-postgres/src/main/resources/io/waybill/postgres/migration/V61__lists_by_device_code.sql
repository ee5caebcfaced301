-- Lists are asked for what one code has sent, which may be one of thousands.
create index upload_tasks_by_device_code on upload_tasks (tenant_id, project_id, source_device_code, id desc)
  where source_device_code is not null;
create index datasets_by_device_code on datasets (tenant_id, project_id, source_device_code, id desc)
  where source_device_code is not null and status <> 'PURGED';
