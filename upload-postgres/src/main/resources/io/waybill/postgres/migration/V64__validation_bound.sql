-- How many datasets of a tenant wait for validators: asked by every create whose policy validates.
create index datasets_to_validate on datasets (tenant_id)
  where status = 'PROCESSING' and validation_status in ('PENDING', 'RUNNING');
