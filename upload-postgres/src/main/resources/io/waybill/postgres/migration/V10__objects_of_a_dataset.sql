-- Whether a dataset has an open upload is asked of its objects.
create index upload_objects_by_dataset on upload_objects (tenant_id, dataset_id);
