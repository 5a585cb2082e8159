/**
 * The first schema. Every table carries `tenant_id` and is closed by row-level security, for its owner
 * too; `app.tenant` and `app.service` are set by `storage/postgres/tenant-session.ts` alone.
 */
import { Migration } from '@mikro-orm/migrations'
import { createCases } from './0001/cases.ts'
import { createContacts } from './0001/contacts.ts'
import { createImports } from './0001/imports.ts'
import { protectTables } from './0001/row-level-security.ts'

export class Migration0001 extends Migration {
  override up(): void {
    for (const statement of [
      ...createImports,
      ...createContacts,
      ...createCases,
      ...protectTables,
    ]) {
      this.addSql(statement)
    }
  }
}
