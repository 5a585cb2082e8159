/** Opens a database of a test as the service does, and as the superuser beside it; both are closed with the test. */
import { Client } from 'pg'
import type { Test } from 'tap'
import { openOrm } from '../../src/storage/open-orm.ts'
import type { Orm } from '../../src/storage/postgres/orm.ts'
import { createTestDatabase } from './database.ts'

export interface OpenedDatabase {
  readonly url: string
  readonly orm: Orm
  /** sees every tenant's rows */
  readonly admin: Client
}

export async function openTestDatabase(t: Test): Promise<OpenedDatabase> {
  const { url, adminUrl } = await createTestDatabase(t)
  const admin = new Client({ connectionString: adminUrl })
  await admin.connect()
  const orm = await openOrm(url)
  t.teardown(async () => {
    await admin.end()
    await orm.close()
  })
  return { url, orm, admin }
}
