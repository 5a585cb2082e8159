/**
 * Every primary and unique key begins with the tenant, so that the tables can be distributed by it. Tables may be
 * large and the service at work: indexes are built beside it, outside of a transaction, and a key is exchanged in a
 * moment. What was broken off anywhere goes on from there.
 */
import { Migration } from '@mikro-orm/migrations'
import { findBuilt, patiently } from './concurrently.ts'

const primaryKeys = [
  { table: 'imports', columns: 'tenant_id, id' },
  { table: 'file_chunks', columns: 'tenant_id, import_id, number' },
  { table: 'row_issues', columns: 'tenant_id, import_id, row_number, column_number' },
  { table: 'outbox', columns: 'tenant_id, import_id, seq' },
]

/** A row of a sheet becomes a contact once: the last guard behind the fence, and the order of a group. */
const contactsOfImports = {
  name: 'contacts_of_imports',
  statement: `create unique index concurrently contacts_of_imports
    on contacts (tenant_id, import_id, row_number)`,
}

/** The keys of contacts and of imports do what these did. */
const replaced = ['contacts_rows', 'imports_newest']

export class Migration0002 extends Migration {
  override isTransactional(): boolean {
    return false
  }

  override async up(): Promise<void> {
    const changing = await this.#findOtherKeys()
    const built = await findBuilt(this, [
      contactsOfImports.name,
      ...changing.map(({ table }) => newKey(table)),
    ])
    const indexes = [
      contactsOfImports,
      ...changing.map(({ table, columns }) => ({
        name: newKey(table),
        statement: `create unique index concurrently ${newKey(table)} on ${table} (${columns})`,
      })),
    ]
    const missing = indexes.filter(({ name }) => !built.has(name))
    for (const statement of [
      ...patiently(missing.map(({ statement }) => statement)),
      // In one statement a table is never without its key; the index takes the name of the constraint.
      ...changing.map(
        ({ table }) => `alter table ${table} drop constraint ${table}_pkey,
          add constraint ${table}_pkey primary key using index ${newKey(table)}`,
      ),
      ...patiently(replaced.map(name => `drop index concurrently if exists ${name}`)),
    ]) {
      this.addSql(statement)
    }
  }

  async #findOtherKeys(): Promise<typeof primaryKeys> {
    const rows = await this.execute(
      `select t.relname as table, pg_get_constraintdef(k.oid) as key
      from pg_constraint k join pg_class t on t.oid = k.conrelid
      where k.contype = 'p' and t.relnamespace = current_schema()::regnamespace`,
    )
    return primaryKeys.filter(({ table, columns }) =>
      rows.some(row => row.table === table && row.key !== `PRIMARY KEY (${columns})`),
    )
  }
}

function newKey(table: string): string {
  return `${table}_tenant_key`
}
