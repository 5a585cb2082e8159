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
import {
  type SearchTerm,
  searchContacts,
  walkSettings,
} from '../storage/contacts/contact-search.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import type { RunSql } from '../storage/postgres/sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ContactContext } from './context.ts'
import { searchTerms } from './search-terms.ts'

export interface ContactQuery extends PageQuery {
  readonly importIds?: readonly string[]
  readonly q?: string
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
  const { fields } = await catalogues.of(caller.tenantId)
  const filtered = { ...query, fields, ...(!query.importIds?.length && { importIds: undefined }) }
  if (query.q === undefined) {
    return inTenant(orm, caller.tenantId, em => walkPage(sqlOf(em), filtered), walkSettings)
  }
  const terms = searchTerms(query.q, config.defaultRegion)
  if (terms.length === 0) return Promise.resolve({ items: [], nextCursor: null })
  return inTenant(orm, caller.tenantId, em => searchPage(sqlOf(em), terms, filtered), walkSettings)
}

type PageOfFields = ContactQuery & { readonly fields: readonly ContactField[] }

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

/** The cursor tells the term and how far it got. */
async function searchPage(
  sql: RunSql,
  terms: readonly SearchTerm[],
  { fields, importIds, ...query }: PageOfFields,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [term, key, id] = query.cursor
    ? decodeCursor(query.cursor, [/^\d$/, /^.*$/s, idPattern])
    : []
  const found = await searchContacts(sql, {
    fields,
    terms,
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
