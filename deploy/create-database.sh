#!/bin/sh
# Makes the service's role and its database; run once by the postgres image when its data folder is empty.
set -eu

# Neither superuser nor BYPASSRLS: row-level security must bind the role, or the service refuses to start.
# The superuser loses its password: it may log in from inside this container alone.
psql --set=ON_ERROR_STOP=1 --username=postgres --set=password="$DATABASE_PASSWORD" <<'SQL'
create role contact_import login nosuperuser nobypassrls nocreatedb nocreaterole password :'password';
create database contact_import owner contact_import;
alter role postgres password null;
SQL
