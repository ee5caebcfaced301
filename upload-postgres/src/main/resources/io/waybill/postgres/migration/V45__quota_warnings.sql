-- What was told last of how far a tenant's or a project's bound of bytes is filled.
create table quota_warnings (
  owner_id uuid primary key,
  tenant_id uuid not null,
  level smallint not null check (level between 0 and 100), -- percent; 0 after it has fallen below all that is told
  warnings bigint not null check (warnings >= 0)
);

-- Both are the workers', who ask for the tenants one hundred after the other.
create index quota_warnings_told on quota_warnings (tenant_id) where level > 0;
create index projects_bounded on projects (tenant_id) where max_bytes is not null;
