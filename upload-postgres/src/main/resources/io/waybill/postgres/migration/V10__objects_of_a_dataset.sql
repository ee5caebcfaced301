-- Whether a dataset has an open upload is asked of its objects.
create index upload_objects_by_dataset on upload_objects (dataset_id);
