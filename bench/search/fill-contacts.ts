/**
 * Fills the tables with contacts the short way, for benches that need millions: plain SQL as the
 * superuser, indexes built afterwards. Names come from the sample's word lists; one contact in twenty
 * has a rare one.
 */
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import {
  cities,
  companyForms,
  companyKinds,
  companyNames,
  emailDomains,
  feminineNames,
  masculineNames,
  streets,
  surnames,
} from '../../src/sample/polish-words.ts'

export interface FilledImport {
  readonly id: string
  readonly tenantId: string
  readonly rows: number
}

/** An import to fill; `nameBegin` gives all of its contacts last names that begin so. */
export interface PlannedImport {
  readonly tenantId: string
  readonly rows: number
  readonly nameBegin?: string
}

/** Completed imports with their contacts, in the order given, which is the order of their ids. */
export async function fillContacts(
  admin: pg.Client,
  plan: readonly PlannedImport[],
): Promise<FilledImport[]> {
  const rebuild = await dropIndexes(admin)
  await admin.query('select setseed(0.5)')
  const filled: FilledImport[] = []
  for (const [index, { tenantId, rows, nameBegin }] of plan.entries()) {
    const id = timeOrderedId(index)
    // In one transaction, so that no worker ever sees it running.
    await admin.query('begin')
    await admin.query(insertImport, [id, tenantId, rows])
    await admin.query(`update imports set status = 'running' where id = $1`, [id])
    await admin.query(insertContacts, [id, tenantId, rows, nameBegin ?? '', ...wordLists])
    await admin.query(`update imports set status = 'completed' where id = $1`, [id])
    await admin.query('commit')
    filled.push({ id, tenantId, rows })
  }
  for (const statement of rebuild) await admin.query(statement)
  await admin.query('vacuum (analyze) contacts')
  await admin.query('vacuum (analyze) imports')
  await admin.query('checkpoint')
  return filled
}

/** A UUIDv7 of its own millisecond, so that ids rise as they do in service. */
function timeOrderedId(index: number): string {
  const time = (Date.now() - 86_400_000 + index).toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

/** Gives the statements that make the dropped indexes again, whatever the schema says they are. */
async function dropIndexes(admin: pg.Client): Promise<string[]> {
  const { rows } = await admin.query<{ name: string; statement: string }>(
    `select indexname as name, indexdef as statement from pg_indexes
    where tablename = 'contacts' and indexname not like '%_pkey'`,
  )
  for (const { name } of rows) await admin.query(`drop index ${name}`)
  return rows.map(({ statement }) => statement)
}

const insertImport = `insert into imports (id, tenant_id, name, status, file_name, file_bytes,
    file_sha256, sheets, preview, first_row, next_row, rows_total, rows_created, created_by,
    started_at, finished_at)
  values ($1, $2, 'filled', 'mapped', 'filled.xlsx', 1, 'none', '[]', '[]', 2, 2 + $3::int, $3,
    $3, 'bench', now(), now())`

const people = surnames.flatMap(([masculine, feminine]) => [
  ...masculineNames.map(first => ({ first, last: masculine })),
  ...feminineNames.map(first => ({ first, last: feminine })),
])

const wordLists = [
  people.map(({ first }) => first),
  people.map(({ last }) => last),
  companyKinds,
  companyNames,
  companyForms,
  emailDomains,
  streets,
  cities.map(([city]) => city),
  cities.map(([, area]) => area),
]

/** `floor(random() * n)` once a row and list: a volatile expression in a lateral row is kept as one value. */
const insertContacts = `insert into contacts (tenant_id, import_id, row_number, first_name, last_name,
    company_name, phone, email, street, postal_code, city, birth_date, external_id)
  select $2, $1, number + 1, first, last,
    case when random() < 0.7 then concat_ws(' ', ${pick(7)}, ${pick(8)}, ${pick(9)}) end,
    '+48' || (500000000 + floor(random() * 400000000))::bigint,
    case when random() < 0.9 then
      translate(lower(first || '.' || last), 'ąćęłńóśźż', 'acelnoszz') || '.' || number || '@' || ${pick(10)}
    end,
    ${pick(11)} || ' ' || (1 + floor(random() * 180))::int,
    postal_area || '-' || lpad(floor(random() * 1000)::text, 3, '0'), city,
    date '1940-01-01' + floor(random() * 24000)::int, (100000 + number)::text
  from generate_series(1, $3::int) number
  cross join lateral (
    select 1 + floor(random() * cardinality($5::text[]) + 0 * number)::int as person,
      1 + floor(random() * cardinality($12::text[]) + 0 * number)::int as place,
      random() + 0 * number < 0.05 as is_rare,
      md5((number % 20000)::text) as rare offset 0) drawn
  cross join lateral (
    select ($5::text[])[person] as first,
      $4 || case when is_rare then initcap(translate(left(rare, 6), '0123456789', 'omiratelun')) || 'icz'
        else ($6::text[])[person] end as last,
      ($12::text[])[place] as city, ($13::text[])[place] as postal_area) named`

function pick(parameter: number): string {
  const list = `$${parameter}::text[]`
  return `(${list})[1 + floor(random() * cardinality(${list}))::int]`
}
