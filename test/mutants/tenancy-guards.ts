/** Guards between tenants: row-level security of every table, its checks of writes, and the rights of services. */
import type { Guard } from './guards.ts'

const security = 'migrations/0001/row-level-security.ts'
const tests = ['test/storage/row-security.test.ts'] as const

/** The table and the one behind it in the list of those that the first migration protects. */
const protectedTables = [
  ['tenants', 'imports'],
  ['imports', 'file_chunks'],
  ['file_chunks', 'row_issues'],
  ['row_issues', 'outbox'],
  ['outbox', 'contacts'],
  ['contacts', 'cases'],
  ['cases', 'campaigns'],
  ['campaigns', 'campaign_contacts'],
] as const

const laterTables = [
  ['jobs', 'migrations/0003/jobs.ts'],
  ['campaign_imports', 'migrations/0003/campaign-places.ts'],
  ['findings', 'migrations/0004-runs.ts'],
  ['mapping_templates', 'migrations/0008-mapping-templates.ts'],
  ['used_mappings', 'migrations/0008-mapping-templates.ts'],
  ['contact_fields', 'migrations/0010-custom-fields.ts'],
  ['contact_values', 'migrations/0010-custom-fields.ts'],
  ['import_batches', 'migrations/0011-batches.ts'],
  ['validations', 'migrations/0012-validations.ts'],
  ['validation_issues', 'migrations/0012-validations.ts'],
] as const

export const tenancyGuards: readonly Guard[] = [
  ...protectedTables.map(
    ([table, next]): Guard => ({
      name: `row security: ${table}`,
      file: security,
      find: `  '${table}',\n  '${next}',`,
      replace: `  '${next}',`,
      tests,
    }),
  ),
  {
    name: 'row security: campaign_contacts',
    file: security,
    find: "  'campaign_contacts',\n",
    replace: '',
    tests,
  },
  ...laterTables.map(
    ([table, file]): Guard => ({
      name: `row security: ${table}`,
      file,
      find: `'alter table ${table} force row level security',`,
      replace: `'alter table ${table} disable row level security',`,
      tests,
    }),
  ),
  ...[
    ['row_repairs', "['correction_rows']"],
    ['correction_rows', "['row_repairs']"],
  ].map(
    ([table, others]): Guard => ({
      name: `row security: ${table}`,
      file: 'migrations/0014-corrections.ts',
      find: "const tables = ['row_repairs', 'correction_rows']",
      replace: `const tables = ${others}`,
      tests,
    }),
  ),
  ...[
    ['discarded_rows', "['row_requests']"],
    ['row_requests', "['discarded_rows']"],
  ].map(
    ([table, others]): Guard => ({
      name: `row security: ${table}`,
      file: 'migrations/0013-discarded-rows.ts',
      find: "const tables = ['discarded_rows', 'row_requests']",
      replace: `const tables = ${others}`,
      tests,
    }),
  ),
  {
    name: 'row security: it binds the owner of the tables',
    file: security,
    find: 'force row level security',
    replace: 'no force row level security',
    tests,
  },
  {
    name: 'row security: reads',
    file: security,
    find: "using (tenant_id = nullif(current_setting('app.tenant', true), ''))",
    replace: 'using (true)',
    tests,
  },
  {
    name: 'row security: writes',
    file: security,
    find: "with check (tenant_id = nullif(current_setting('app.tenant', true), ''))",
    replace: 'with check (true)',
    tests,
  },
  {
    name: 'row security: writes of jobs',
    file: 'migrations/0003/jobs.ts',
    find: "with check (tenant_id = nullif(current_setting('app.tenant', true), ''))",
    replace: 'with check (true)',
    tests,
  },
  {
    name: 'row security: writes of findings',
    file: 'migrations/0004-runs.ts',
    find: "with check (tenant_id = nullif(current_setting('app.tenant', true), ''))",
    replace: 'with check (true)',
    tests,
  },
  {
    name: 'row security: the tables of a service',
    file: security,
    find: "['relay', 'outbox'],",
    replace: "['relay', 'outbox'],\n  ['relay', 'contacts'],",
    tests,
  },
  {
    name: 'database: a role that sees every tenant',
    file: 'src/storage/postgres/database-check.ts',
    find: 'if (role && !role.unsafe) return',
    replace: 'if (role) return',
    tests: ['test/storage/postgres/database-check.test.ts'],
  },
  {
    name: 'database: letters that PostgreSQL folds otherwise',
    file: 'src/storage/postgres/database-check.ts',
    find: 'if (answer?.folded === capitals.toLowerCase()) return',
    replace: 'if (answer || !answer) return',
    tests: ['test/storage/postgres/database-check.test.ts'],
  },
]
