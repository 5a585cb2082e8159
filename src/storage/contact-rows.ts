/**
 * Reads contacts. Every list is a walk along one index from a key on, so that its cost is its length.
 * Contacts of an import that is being deleted are in no answer.
 */
import type { Contact } from '../contracts/contact.ts'
import { type ContactFieldKey, contactFields } from '../contracts/contact-fields.ts'
import { isoTime, type RunSql } from './sql.ts'

const fieldColumns = contactFields.map(({ key, column, kind }) =>
  kind === 'date' ? `c.${column}::text as "${key}"` : `c.${column} as "${key}"`,
)

const contactColumns = `c.id::text as id, c.import_id as "importId", c.row_number as "rowNumber",
  ${fieldColumns.join(', ')}, c.custom, ${isoTime('c.created_at')} as "createdAt"`

/** Row-level security says the same; naming the tenant lets its indexes be used to the full. */
const ofTenant = `c.tenant_id = current_setting('app.tenant')`

const notDeleting = `c.import_id <> all (array(select id from imports where status = 'deleting'))`

/** The indexed columns that a search text is a prefix of: in lower case, ordered by their bytes. */
const searchColumns = {
  lastName: 'c.last_name_key',
  companyName: 'c.company_name_key',
  email: 'c.email_key',
  phone: 'c.phone',
} as const satisfies Partial<Record<ContactFieldKey, string>>

export interface SearchTerm {
  readonly field: keyof typeof searchColumns
  readonly prefix: string
}

export interface FoundContact {
  readonly contact: Contact
  /** the value that the search walked along */
  readonly key: string
}

export interface SearchStep {
  readonly term: SearchTerm
  /** terms searched before: what they found is not given again */
  readonly earlier: readonly SearchTerm[]
  readonly after?: { readonly key: string; readonly id: string }
  readonly importIds?: readonly string[]
  readonly limit: number
}

/**
 * Has the rest of the transaction walk indexes in their order and stop when a page is full. Left to itself
 * the planner takes a common prefix for a rare one, and fetches and sorts all that begins with it.
 */
export async function walkIndexes(sql: RunSql): Promise<void> {
  await sql(`select set_config('enable_bitmapscan', 'off', true)`)
}

/** Contacts whose value begins with the term's prefix, ordered by that value. */
export async function searchContacts(sql: RunSql, step: SearchStep): Promise<FoundContact[]> {
  const values = new Parameters()
  const column = searchColumns[step.term.field]
  const conditions = [ofTenant, notDeleting, isPrefix(step.term, values)]
  if (step.after) {
    const { key, id } = step.after
    conditions.push(`(${column}, c.id) > (${values.add(key)}, ${values.add(id)}::bigint)`)
  }
  if (step.importIds) conditions.push(`c.import_id = any(${values.add(step.importIds)}::uuid[])`)
  for (const term of step.earlier) conditions.push(`(${isPrefix(term, values)}) is not true`)
  const rows = await sql<Contact & { searchKey: string }>(
    `select ${contactColumns}, ${column} as "searchKey" from contacts c
    where ${conditions.join(' and ')} order by ${column}, c.id limit ${values.add(step.limit)}`,
    values.list,
  )
  return rows.map(({ searchKey, ...contact }) => ({ contact, key: searchKey }))
}

/** A half-open range of the C collation, which compares bytes; U+10FFFF sorts behind every character. */
function isPrefix({ field, prefix }: SearchTerm, values: Parameters): string {
  const column = searchColumns[field]
  const from = values.add(prefix)
  const to = values.add(`${prefix}\u{10FFFF}`)
  return `${column} >= ${from} and ${column} < ${to}`
}

/** The contacts of one import after a sheet row, in sheet order. */
export function readImportContacts(
  sql: RunSql,
  importId: string,
  page: { readonly afterRow: number; readonly limit: number },
): Promise<Contact[]> {
  return sql<Contact>(
    `select ${contactColumns} from contacts c
    where ${ofTenant} and ${notDeleting} and c.import_id = $1 and c.row_number > $2
    order by c.row_number limit $3`,
    [importId, page.afterRow, page.limit],
  )
}

/** All contacts of the tenant after an id, in the order of their making. */
export function readContacts(
  sql: RunSql,
  page: { readonly afterId: string; readonly limit: number },
): Promise<Contact[]> {
  return sql<Contact>(
    `select ${contactColumns} from contacts c
    where ${ofTenant} and ${notDeleting} and c.id > $1::bigint order by c.id limit $2`,
    [page.afterId, page.limit],
  )
}

/** The contacts of a campaign after an id. */
export function readCampaignContacts(
  sql: RunSql,
  campaignId: string,
  page: { readonly afterId: string; readonly limit: number },
): Promise<Contact[]> {
  return sql<Contact>(
    `select ${contactColumns} from campaign_contacts m
    join contacts c on c.tenant_id = m.tenant_id and c.id = m.contact_id
    where m.tenant_id = current_setting('app.tenant') and ${notDeleting}
      and m.campaign_id = $1::bigint and m.contact_id > $2::bigint
    order by m.contact_id limit $3`,
    [campaignId, page.afterId, page.limit],
  )
}

export async function findContact(sql: RunSql, id: string): Promise<Contact | undefined> {
  const [row] = await sql<Contact>(
    `select ${contactColumns} from contacts c
    where ${ofTenant} and ${notDeleting} and c.id = $1::bigint`,
    [id],
  )
  return row
}

/** Numbers the parameters of a statement as they are added. */
class Parameters {
  readonly list: unknown[] = []

  add(value: unknown): string {
    this.list.push(value)
    return `$${this.list.length}`
  }
}
