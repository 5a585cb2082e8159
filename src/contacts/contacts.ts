/** Contacts: the list, by import, by search text, and one of them. */
import type { Caller } from '../contracts/caller.ts'
import type { Contact, ContactPage } from '../contracts/contact.ts'
import type { ContactField } from '../contracts/contact-fields.ts'
import {
  decodeCursor,
  idPattern,
  pageLimit,
  rowNumberPattern,
  toPage,
} from '../contracts/keyset.ts'
import { uuidPattern } from '../contracts/schema.ts'
import type { PageQuery } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import { findContact, readContacts } from '../storage/contacts/contact-rows.ts'
import { type SearchTerm, searchContacts } from '../storage/contacts/contact-search.ts'
import type { SoughtValue } from '../storage/contacts/custom-values.ts'
import { searchValues } from '../storage/contacts/value-search.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import type { RunSql } from '../storage/postgres/sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import { walkSettings } from '../storage/postgres/walk-settings.ts'
import type { ContactContext } from './context.ts'
import { searchTerms } from './search-terms.ts'
import { soughtValues } from './sought-values.ts'

export interface ContactQuery extends PageQuery {
  readonly importIds?: readonly string[]
  readonly q?: string
  /** values of custom fields, by the names of the fields */
  readonly custom?: Readonly<Record<string, string>>
}

export async function getContact(
  { orm, fields: catalogues }: ContactContext,
  caller: Caller,
  id: string,
): Promise<Contact> {
  const { fields } = await catalogues.of(caller.tenantId)
  const contact = await inTenant(orm, caller.tenantId, em => findContact(sqlOf(em), id, fields))
  if (!contact) throw new AppError('not-found')
  return contact
}

/** With `q` ordered by what was found; else one import after the other, each in sheet order. */
export async function listContacts(
  { orm, config, fields: catalogues }: ContactContext,
  caller: Caller,
  query: ContactQuery,
): Promise<ContactPage> {
  const catalogue = await catalogues.of(caller.tenantId)
  const values = soughtValues(query.custom ?? {}, catalogue, config.defaultRegion)
  const { fields } = catalogue
  const importIds = query.importIds?.length ? query.importIds : undefined
  const filtered = { ...query, fields, values, importIds }
  if (values === 'none') return { items: [], nextCursor: null }
  if (query.q === undefined && values.length > 0) {
    const page = { ...filtered, values }
    return inTenant(orm, caller.tenantId, em => valuePage(sqlOf(em), page), walkSettings)
  }
  if (query.q === undefined) {
    return inTenant(orm, caller.tenantId, em => walkPage(sqlOf(em), filtered), walkSettings)
  }
  const terms = searchTerms(query.q, config.defaultRegion)
  if (terms.length === 0) return { items: [], nextCursor: null }
  const page = { ...filtered, values }
  return inTenant(orm, caller.tenantId, em => searchPage(sqlOf(em), terms, page), walkSettings)
}

type PageOfFields = Omit<ContactQuery, 'importIds'> & {
  readonly fields: readonly ContactField[]
  readonly importIds: readonly string[] | undefined
}
type PageOfValues = PageOfFields & { readonly values: readonly SoughtValue[] }

async function walkPage(
  sql: RunSql,
  { fields, importIds, ...query }: PageOfFields,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [importId, rowNumber] = query.cursor
    ? decodeCursor(query.cursor, [uuidPattern, rowNumberPattern])
    : []
  const contacts = await readContacts(sql, {
    fields,
    importIds,
    after:
      importId === undefined
        ? undefined
        : { importId: String(importId), rowNumber: Number(rowNumber) },
    limit: limit + 1,
  })
  return toPage(contacts, limit, {
    item: contact => contact,
    key: contact => [contact.importId, contact.rowNumber],
  })
}

/** In the order in which contacts were made. */
async function valuePage(
  sql: RunSql,
  { fields, values, importIds, ...query }: PageOfValues,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [after = '0'] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  const search = { fields, values, afterId: String(after), limit: limit + 1 }
  const contacts = await searchValues(sql, { ...search, ...(importIds && { importIds }) })
  return toPage(contacts, limit, { item: contact => contact, key: ({ id }) => [id] })
}

/** The cursor tells the term and how far it got. */
async function searchPage(
  sql: RunSql,
  terms: readonly SearchTerm[],
  { fields, values, importIds, ...query }: PageOfValues,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [term, key, id] = query.cursor
    ? decodeCursor(query.cursor, [/^\d$/, /^.*$/s, idPattern])
    : []
  const found = await searchContacts(sql, {
    fields,
    terms,
    values,
    after:
      term === undefined ? undefined : { term: Number(term), key: String(key), id: String(id) },
    importIds,
    limit: limit + 1,
  })
  return toPage(found, limit, {
    item: ({ contact }) => contact,
    key: ({ place }) => [place.term, place.key, place.id],
  })
}
