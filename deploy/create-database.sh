#!/bin/sh
# Makes the service's role, its database, and a role for backups. The postgres image runs it once, when its data folder is empty.
set -eu

# The service's role is neither superuser nor BYPASSRLS: row-level security must bind it, or the service refuses to start.
# The role for backups reads every tenant's rows and writes none. It has no password, and neither has the superuser any more:
# both log in from inside this container alone.
psql --set=ON_ERROR_STOP=1 --username=postgres --dbname=postgres --set=password="$DATABASE_PASSWORD" <<'SQL'
create role contact_import login nosuperuser nobypassrls nocreatedb nocreaterole password :'password';
create database contact_import owner contact_import;
create role contact_import_backup login nosuperuser bypassrls nocreatedb nocreaterole;
grant pg_read_all_data to contact_import_backup;
alter role contact_import_backup set default_transaction_read_only = on;
alter role postgres password null;
SQL
