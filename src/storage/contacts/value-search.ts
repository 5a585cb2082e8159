/**
 * Finds contacts by the values of custom fields: a walk along the places of the rarest value in the order of contacts,
 * which checks the other values in the contacts that it meets and stops when the page is full.
 */
import type { Contact } from '../../contracts/contact.ts'
import type { ContactField } from '../../contracts/contact-fields.ts'
import { rarestValueRowsMax } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'
import { contactColumns, notDeleting, ofTenant } from './contact-columns.ts'
import { findImports, type IdRanges, rangesOf, visibleIds } from './contact-ids.ts'
import { holdsValue, type SoughtValue, valueKey } from './custom-values.ts'
import { readPage } from './page-bytes.ts'
import { Parameters } from './parameters.ts'

export interface ValueSearch {
  /** the fields that contacts are given with */
  readonly fields: readonly ContactField[]
  /** At least one; contacts hold all of them. */
  readonly values: readonly SoughtValue[]
  readonly importIds?: readonly string[]
  readonly afterId: string
  readonly limit: number
}

/** Contacts that hold all of these values, by their ids. */
export async function searchValues(sql: RunSql, search: ValueSearch): Promise<Contact[]> {
  const keys = await keysOf(sql, search.values)
  const rarest = await findRarest(sql, search.values, keys)
  const { importIds } = search
  if (!importIds) return walk(sql, search, { rarest, keys, contactIds: visibleIds })
  const imports = await findImports(sql, importIds)
  const within = { ...search, importIds: imports.ids }
  const contactIds: IdRanges = values => `${values.add(imports.contactIds)}::int8multirange`
  return walk(sql, within, { rarest, keys, contactIds })
}

/** In hexadecimal. They are computed first: behind row-level security only then the index is used for them. */
async function keysOf(sql: RunSql, values: readonly SoughtValue[]): Promise<string[]> {
  const rows = await sql<{ key: string }>(
    `select encode(${valueKey('sought')}, 'hex') as key
    from unnest($1::text[]) with ordinality sought (sought, place) order by place`,
    [values.map(({ value }) => value)],
  )
  return rows.map(({ key }) => key)
}

/** The index of the value that the fewest contacts hold, as far as they are counted. */
async function findRarest(
  sql: RunSql,
  sought: readonly SoughtValue[],
  keys: readonly string[],
): Promise<number> {
  if (sought.length === 1) return 0
  const values = new Parameters()
  const counts = sought.map(
    ({ fieldId }, at) => `(select count(*) from (
      select from contact_values v where ${isPlaceOf(fieldId, keys[at]!, values)}
      limit ${rarestValueRowsMax}) held)::int as n${at}`,
  )
  const [row] = await sql<Record<string, number>>(`select ${counts.join(', ')}`, values.list)
  const found = sought.map((_, at) => row![`n${at}`]!)
  return found.indexOf(Math.min(...found))
}

function isPlaceOf(fieldId: string, key: string, values: Parameters): string {
  return `v.tenant_id = current_setting('app.tenant') and v.field_id = ${values.add(fieldId)}::bigint
    and v.value_key = decode(${values.add(key)}, 'hex')`
}

interface Walk {
  readonly rarest: number
  readonly keys: readonly string[]
  readonly contactIds: IdRanges
}

/** The places end in the id of the contact, so that ranges of it skip entries. */
async function walk(
  sql: RunSql,
  { fields, values: sought, importIds, afterId, limit }: ValueSearch,
  { rarest, keys, contactIds }: Walk,
): Promise<Contact[]> {
  const values = new Parameters()
  const conditions = [
    isPlaceOf(sought[rarest]!.fieldId, keys[rarest]!, values),
    `v.contact_id > ${values.add(afterId)}::bigint`,
    'v.contact_id >= ids.first and v.contact_id < ids.behind',
    // Different values may have one key.
    ...sought.map(value => holdsValue(value, values)),
    importIds ? `c.import_id = any(${values.add(importIds)}::uuid[])` : notDeleting,
  ]
  const size = values.add(limit)
  // Each contact is looked up by itself: joined in another way all contacts of a range would be read.
  const { rows } = await readPage<Contact>(
    sql,
    `${rangesOf(contactIds(values))}
    select found.* from ids cross join lateral (
      select ${contactColumns(fields)} from contact_values v cross join lateral (
        select * from contacts c where ${ofTenant} and c.id = v.contact_id offset 0) c
      where ${conditions.join(' and ')}
      order by v.contact_id limit ${size}) found
    order by found.id::bigint limit ${size}`,
    values.list,
  )
  return rows
}
