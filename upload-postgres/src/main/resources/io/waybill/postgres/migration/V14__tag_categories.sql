create table tag_categories (
  id uuid primary key,
  tenant_id uuid not null,
  project_id uuid not null,
  name text not null check (length(name) between 1 and 100),
  description text check (length(description) between 1 and 1000),
  version bigint not null default 1 check (version > 0),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (tenant_id, id),
  unique (tenant_id, project_id, name),
  foreign key (tenant_id, project_id) references projects (tenant_id, id)
);

create index tag_categories_list on tag_categories (tenant_id, project_id, id);
