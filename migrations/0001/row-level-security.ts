/** Row-level security: a session sees one tenant, or, as a named service, just the tables it works on. */
const tenantTables = [
  'tenants',
  'imports',
  'file_chunks',
  'row_issues',
  'outbox',
  'contacts',
  'cases',
  'campaigns',
  'campaign_contacts',
]

/** The services that work across tenants, and on which tables: the queue on jobs, the relay on events. */
const serviceTables = [
  ['queue', 'imports'],
  ['queue', 'tenants'],
  ['relay', 'outbox'],
]

export const protectTables = [
  ...tenantTables.flatMap(table => [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant_isolation on ${table}
      using (tenant_id = nullif(current_setting('app.tenant', true), ''))
      with check (tenant_id = nullif(current_setting('app.tenant', true), ''))`,
  ]),
  ...serviceTables.map(
    ([service, table]) => `create policy service_${service} on ${table}
      using (nullif(current_setting('app.service', true), '') = '${service}')
      with check (nullif(current_setting('app.service', true), '') = '${service}')`,
  ),
]
