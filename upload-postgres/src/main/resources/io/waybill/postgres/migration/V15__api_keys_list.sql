create index api_keys_list on api_keys (tenant_id, id);
