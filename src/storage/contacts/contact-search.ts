/**
 * Finds contacts by the beginning of a value. A search walks the index of the value in its order and stops
 * when the page is full; contacts that it may not show are skipped in the index by their ids. Within a few
 * imports it reads all of their contacts instead. Both give the same order.
 */
import type { Contact } from '../../contracts/contact.ts'
import type { ContactField } from '../../contracts/contact-fields.ts'
import { searchedRowsMax } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'
import { contactColumns, notDeleting, ofTenant } from './contact-columns.ts'
import { findImports, type IdRanges, rangesOf, visibleIds } from './contact-ids.ts'
import { holdsValue, type SoughtValue } from './custom-values.ts'
import { type PageRows, readPage } from './page-bytes.ts'
import { Parameters } from './parameters.ts'

/** The indexed columns that a search text is a prefix of: in lower case, ordered by their bytes. */
const searchColumns = {
  lastName: 'c.last_name_key',
  fullName: 'c.full_name_key',
  companyName: 'c.company_name_key',
  email: 'c.email_key',
  phone: 'c.phone',
} as const satisfies Record<string, string>

export interface SearchTerm {
  readonly field: keyof typeof searchColumns
  readonly prefix: string
}

/** A place in the order of finds: by the first term that a contact meets, its value for it, its id. */
export interface SearchPlace {
  /** index of the term */
  readonly term: number
  readonly key: string
  readonly id: string
}

export interface Search {
  /** the fields that contacts are given with */
  readonly fields: readonly ContactField[]
  readonly terms: readonly SearchTerm[]
  /** values of custom fields that they hold, all of them */
  readonly values?: readonly SoughtValue[]
  readonly after?: SearchPlace
  readonly importIds?: readonly string[]
  readonly limit: number
}

export interface FoundContact {
  readonly contact: Contact
  readonly place: SearchPlace
}

/** Contacts that meet a term, in the order of the terms; each once, for the first that it meets. */
export async function searchContacts(sql: RunSql, search: Search): Promise<FoundContact[]> {
  const { importIds } = search
  if (!importIds) return walkTerms(sql, search, visibleIds)
  const imports = await findImports(sql, importIds)
  const within = { ...search, importIds: imports.ids }
  if (imports.rows <= searchedRowsMax) return sortImports(sql, within)
  return walkTerms(sql, within, values => `${values.add(imports.contactIds)}::int8multirange`)
}

/**
 * Reads the imports once for all terms: a common prefix of the tenant may be rare or absent in them. Each is read in
 * the order of its rows, which one index alone has: all indexes begin with the tenant, and where statistics do not
 * know it yet, any of them looks as good.
 */
async function sortImports(
  sql: RunSql,
  { fields, terms, values: sought = [], after, importIds, limit }: Search,
): Promise<FoundContact[]> {
  const values = new Parameters()
  const met = terms.map((term, index) => ({
    index,
    condition: isPrefix(term, values),
    column: searchColumns[term.field],
  }))
  const firstMet = (value: (term: (typeof met)[number]) => string | number) =>
    `case ${met.map(term => `when ${term.condition} then ${value(term)}`).join(' ')} end`
  const isBehind = after
    ? `(c.term, c.key, c.id) >
      (${values.add(after.term)}::int, ${values.add(after.key)}, ${values.add(after.id)}::bigint)`
    : 'c.term is not null'
  const { rows } = await readPage<FoundRow>(
    sql,
    `select ${contactColumns(fields)}, c.term, c.key from (
      select c.*, ${firstMet(term => term.index)} as term, ${firstMet(term => term.column)} as key
      from unnest(${values.add(importIds)}::uuid[]) named (id) cross join lateral (
        select * from contacts c where ${ofTenant} and c.import_id = named.id
        order by c.row_number) c) c
    where ${[isBehind, ...sought.map(value => holdsValue(value, values))].join(' and ')}
    order by c.term, c.key, c.id limit ${values.add(limit)}`,
    values.list,
  )
  return rows.map(toFound)
}

/** Walks the index of one term after the other until the page is full. */
async function walkTerms(
  sql: RunSql,
  search: Search,
  contactIds: IdRanges,
): Promise<FoundContact[]> {
  const found: FoundContact[] = []
  for (let index = search.after?.term ?? 0; index < search.terms.length; index += 1) {
    const { rows, isFull } = await walkTerm(sql, search, {
      index,
      contactIds,
      limit: search.limit - found.length,
    })
    found.push(...rows.map(toFound))
    if (found.length === search.limit || isFull) break
  }
  return found
}

interface TermWalk {
  readonly index: number
  readonly contactIds: IdRanges
  readonly limit: number
}

/** Contacts that meet the term and none before it. The indexes end in the id, so that ranges of it skip entries. */
function walkTerm(
  sql: RunSql,
  { fields, terms, values: sought = [], after, importIds }: Search,
  { index, contactIds, limit }: TermWalk,
): Promise<PageRows<FoundRow>> {
  const values = new Parameters()
  const term = terms[index]!
  const column = searchColumns[term.field]
  const conditions = [
    ofTenant,
    isPrefix(term, values),
    importIds ? `c.import_id = any(${values.add(importIds)}::uuid[])` : notDeleting,
    ...sought.map(value => holdsValue(value, values)),
    ...terms.slice(0, index).map(earlier => `(${isPrefix(earlier, values)}) is not true`),
  ]
  if (after?.term === index) {
    conditions.push(
      `(${column}, c.id) > (${values.add(after.key)}, ${values.add(after.id)}::bigint)`,
    )
  }
  conditions.push('c.id >= ids.first', 'c.id < ids.behind')
  const ofRange = `select ${contactColumns(fields)}, ${index} as term, ${column} as key from contacts c
    where ${conditions.join(' and ')}
    order by ${column}, c.id limit ${values.add(limit)}`
  return readPage<FoundRow>(
    sql,
    `${rangesOf(contactIds(values))}
    select found.* from ids cross join lateral (${ofRange}) found
    order by found.key, found.id::bigint limit ${values.add(limit)}`,
    values.list,
  )
}

type FoundRow = Contact & { term: number; key: string }

/** A half-open range of the C collation, which compares bytes; U+10FFFF sorts behind every character. */
function isPrefix({ field, prefix }: SearchTerm, values: Parameters): string {
  const column = searchColumns[field]
  const from = values.add(prefix)
  const to = values.add(`${prefix}\u{10FFFF}`)
  return `${column} >= ${from} and ${column} < ${to}`
}

function toFound({ term, key, ...contact }: FoundRow): FoundContact {
  return { contact, place: { term, key, id: contact.id } }
}
