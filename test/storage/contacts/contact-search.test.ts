/** Searches against real PostgreSQL, compared with a plain sort of all that may be found. */

import { randomUUIDv7 } from 'node:crypto'
import { Client } from 'pg'
import t, { type Test } from 'tap'
import { searchedRowsMax } from '../../../src/limits.ts'
import { createRandom } from '../../../src/sample/random.ts'
import {
  type SearchPlace,
  type SearchTerm,
  searchContacts,
} from '../../../src/storage/contacts/contact-search.ts'
import { openOrm } from '../../../src/storage/open-orm.ts'
import { sqlOf } from '../../../src/storage/postgres/orm-sql.ts'
import { inTenant } from '../../../src/storage/postgres/tenant-session.ts'
import { walkSettings } from '../../../src/storage/postgres/walk-settings.ts'
import { catalogue } from '../../support/built-in-catalogue.ts'
import { createTestDatabase } from '../../support/database.ts'

interface Row {
  id: string
  importId: string
  lastName: string | null
  email: string | null
}

const names = ['Kowal', 'KOWALSKI', 'kowalik', 'Król', 'Łoś', 'Nowak', null]
const { url, adminUrl } = await createTestDatabase(t)
const admin = new Client({ connectionString: adminUrl })
await admin.connect()
const orm = await openOrm(url)
t.teardown(async () => {
  await orm.close()
  await admin.end()
})

/** Rows of these imports, one of each in turn: their ids lie among each other. */
async function insertContacts(tenant: string, imports: readonly string[], rowsEach: number) {
  for (const id of imports) await setStatus(id, 'running')
  await admin.query(
    `insert into contacts (tenant_id, import_id, row_number, last_name, email)
    select $1, id, row_number, ($4::text[])[1 + (row_number * 7 + place) % cardinality($4::text[])],
      case when row_number % 3 = 0 then 'kowal' || row_number % 10 || '@example.com' end
    from generate_series(1, $3::int) row_number, unnest($2::uuid[]) with ordinality ids (id, place)
    order by row_number, place`,
    [tenant, imports, rowsEach, names],
  )
  for (const id of imports) {
    await admin.query(
      'update imports set rows_created = rows_created + $2, next_row = next_row + $2 where id = $1',
      [id, rowsEach],
    )
    await setStatus(id, 'completed')
  }
}

async function insertImport(tenant: string): Promise<string> {
  const id = randomUUIDv7()
  await admin.query(
    `insert into imports (id, tenant_id, name, status, file_name, file_bytes, file_sha256, sheets,
      preview, first_row, next_row, rows_total, created_by)
    values ($1, $2, 'n', 'queued', 'f.xlsx', 1, 'x', '[]', '[]', 2, 2, 100000, 'anna')`,
    [id, tenant],
  )
  return id
}

async function setStatus(id: string, status: string): Promise<void> {
  await admin.query('update imports set status = $2 where id = $1', [id, status])
}

const early = await insertImport('acme')
const mixed = await insertImport('acme')
const leaving = await insertImport('acme')
const late = await insertImport('acme')
const large = await insertImport('acme')
const foreign = await insertImport('globex')
await insertContacts('acme', [early], 40)
await insertContacts('acme', [mixed, leaving], 60)
await insertContacts('globex', [foreign], 50)
await insertContacts('acme', [large], searchedRowsMax + 1)
await insertContacts('acme', [late], 30)
const { rows: all } = await admin.query<Row>(
  `select id::text, import_id as "importId", last_name as "lastName", email from contacts
  where tenant_id = 'acme' order by id`,
)

function expected(terms: readonly SearchTerm[], importIds: readonly string[]): string[] {
  const found = all.flatMap(row => {
    if (!importIds.includes(row.importId)) return []
    for (const [term, { field, prefix }] of terms.entries()) {
      const key = row[field as 'lastName' | 'email']?.toLowerCase()
      if (key?.startsWith(prefix)) return [{ term, key: Buffer.from(key), id: row.id }]
    }
    return []
  })
  return found
    .sort((a, b) => a.term - b.term || a.key.compare(b.key) || Number(a.id) - Number(b.id))
    .map(({ id }) => id)
}

/** All pages, one after the other. */
async function search(
  terms: readonly SearchTerm[],
  importIds: string[] | undefined,
  limit: number,
) {
  const ids: string[] = []
  for (let after: SearchPlace | undefined; ; ) {
    const page = await inTenant(
      orm,
      'acme',
      em => searchContacts(sqlOf(em), { fields: catalogue.fields, terms, after, importIds, limit }),
      walkSettings,
    )
    ids.push(...page.map(({ contact }) => contact.id))
    if (page.length < limit) return ids
    after = page.at(-1)!.place
  }
}

const searches: SearchTerm[][] = ['k', 'kowal', 'kowalski', 'kowal3', 'ł', 'x'].map(prefix => [
  { field: 'lastName', prefix },
  { field: 'email', prefix },
])

async function compare(t: Test, shown: readonly string[]) {
  const random = createRandom(7)
  for (const terms of searches) {
    const what = terms[0]!.prefix
    const limit = 300 + random.below(3_000)
    t.strictSame(await search(terms, undefined, limit), expected(terms, shown), `${what}, all`)
    for (const importIds of [
      [early],
      [mixed, late],
      [leaving],
      [large],
      [early, leaving, large, late],
      [foreign],
    ]) {
      const visible = importIds.filter(id => shown.includes(id))
      const found = await search(terms, importIds, limit)
      t.strictSame(found, expected(terms, visible), `${what}, ${importIds.length} imports`)
    }
  }
}

t.test('pages of any search hold each contact once, in one order', t =>
  compare(t, [early, mixed, leaving, late, large]),
)

t.test('an import on its way out is in none, whoever has ids among its own', async t => {
  await setStatus(leaving, 'deleting')
  await compare(t, [early, mixed, late, large])
  await setStatus(early, 'deleting')
  await setStatus(large, 'deleting')
  await compare(t, [mixed, late])
})

t.test('imports know where the ids of their contacts lie', async t => {
  const { rows } = await admin.query(
    `select id from imports i where exists (
      select from contacts c where c.import_id = i.id
        and c.id not between i.first_contact_id and i.last_contact_id) or last_contact_id is null`,
  )
  t.strictSame(rows, [])
  await admin.query('update imports set first_contact_id = null, last_contact_id = null')
  await compare(t, [mixed, late])
})
