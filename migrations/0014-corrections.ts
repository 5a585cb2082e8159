/**
 * Corrections: imports that repair rows of another import. What each repair took away and put in is kept, so that a
 * correction can be taken back, and what became of each row of a correction.
 */
import { Migration } from '@mikro-orm/migrations'
import { buildMissing } from './concurrently.ts'

const indexes = [
  {
    name: 'imports_corrections',
    on: 'imports (tenant_id, corrects, id) where corrects is not null',
  },
  { name: 'row_repairs_of_row', on: 'row_repairs (tenant_id, import_id, row_number)' },
  {
    name: 'row_repairs_of_correction',
    on: 'row_repairs (tenant_id, correction_id, import_id, row_number) where correction_id is not null',
  },
]

const tables = ['row_repairs', 'correction_rows']

const createTables = [
  // import_id: the import whose row was repaired. Transactions that repair it are numbered in the order of their
  // commits, so that whoever follows the group takes each repaired row in once.
  `create table if not exists row_repairs (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    repair int not null,
    row_number int not null,
    -- The correction that did it; null: a call for this row alone.
    correction_id uuid,
    outcome text collate "C" not null check (outcome in ('created', 'updated')),
    -- The refused cells that it took away, and of an updated row the values that it put in for each.
    taken jsonb not null,
    repaired_by text,
    repaired_at timestamptz not null default clock_timestamp(),
    primary key (tenant_id, import_id, repair, row_number)
  )`,
  // import_id: the correction; original_row: the row that this row of it names. Rejected rows are in row_issues.
  `create table if not exists correction_rows (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    row_number int not null,
    original_row int,
    outcome text collate "C" not null check (outcome in ('created', 'updated', 'skipped')),
    -- Why it was skipped.
    code text collate "C",
    primary key (tenant_id, import_id, row_number)
  )`,
]

export class Migration0014 extends Migration {
  override isTransactional(): boolean {
    return false
  }

  override async up(): Promise<void> {
    for (const statement of [
      // Constant defaults: no row is written anew.
      `alter table imports add column if not exists kind text collate "C" not null default 'import',
        add column if not exists corrects uuid,
        add column if not exists repairs int not null default 0`,
      ...createTables,
      ...tables.flatMap(protect),
    ]) {
      this.addSql(statement)
    }
    for (const statement of await buildMissing(this, indexes)) this.addSql(statement)
  }
}

/** What was broken off anywhere goes on from there. */
function protect(table: string): string[] {
  const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')`
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `drop policy if exists tenant_isolation on ${table}`,
    `create policy tenant_isolation on ${table} using (${ofTenant}) with check (${ofTenant})`,
  ]
}
