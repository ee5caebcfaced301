#!/bin/sh
# Run once by PostgreSQL's image, when the data folder is new: the role that Waybill's programs work as. It owns
# nothing; `admin migrate` grants it what it needs. See docs/operations/database-roles.md.
set -eu
psql -v ON_ERROR_STOP=1 -v password="$WAYBILL_DATABASE_PASSWORD" -U "$POSTGRES_USER" -d "$POSTGRES_DB" <<'SQL'
create role waybill_service login password :'password';
SQL
