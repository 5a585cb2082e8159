/** Contacts: the list, by import, by search text, and one of them. */
import type { Caller } from '../contracts/caller.ts'
import type { Contact, ContactPage } from '../contracts/contact.ts'
import type { PageQuery } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import {
  type FoundContact,
  findContact,
  readContacts,
  readImportContacts,
  type SearchTerm,
  searchContacts,
  walkIndexes,
} from '../storage/contact-rows.ts'
import { decodeCursor, idPattern, pageLimit, toPage, uuidPattern } from '../storage/keyset.ts'
import { type RunSql, sqlOf } from '../storage/sql.ts'
import { inTenant } from '../storage/tenant-session.ts'
import type { ContactContext } from './context.ts'
import { searchTerms } from './search-terms.ts'

export interface ContactQuery extends PageQuery {
  readonly importIds?: readonly string[]
  readonly q?: string
}

export async function getContact(
  { orm }: ContactContext,
  caller: Caller,
  id: string,
): Promise<Contact> {
  const contact = await inTenant(orm, caller.tenantId, em => findContact(sqlOf(em), id))
  if (!contact) throw new AppError('not-found')
  return contact
}

/** With `q` ordered by what was found, else of the named imports in sheet order, else all. */
export function listContacts(
  { orm, config }: ContactContext,
  caller: Caller,
  query: ContactQuery,
): Promise<ContactPage> {
  const terms = query.q === undefined ? [] : searchTerms(query.q, config.defaultRegion)
  return inTenant(orm, caller.tenantId, em => {
    const sql = sqlOf(em)
    if (terms.length > 0) return searchPage(sql, terms, query)
    if (query.importIds?.length) return importPage(sql, query.importIds, query)
    return allPage(sql, query)
  })
}

async function allPage(sql: RunSql, query: ContactQuery): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [afterId = '0'] = query.cursor ? decodeCursor(query.cursor, [idPattern]) : []
  const contacts = await readContacts(sql, { afterId: String(afterId), limit: limit + 1 })
  return toPage(contacts, limit, { item: contact => contact, key: contact => [contact.id] })
}

/** One import after the other, in the order of their ids. */
async function importPage(
  sql: RunSql,
  importIds: readonly string[],
  query: ContactQuery,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [afterImport = '', afterRow = 0] = query.cursor
    ? decodeCursor(query.cursor, [uuidPattern, idPattern])
    : []
  const contacts: Contact[] = []
  for (const importId of [...new Set(importIds.map(id => id.toLowerCase()))].sort()) {
    if (importId < String(afterImport)) continue
    const page = {
      afterRow: importId === afterImport ? Number(afterRow) : 0,
      limit: limit + 1 - contacts.length,
    }
    contacts.push(...(await readImportContacts(sql, importId, page)))
    if (contacts.length > limit) break
  }
  return toPage(contacts, limit, {
    item: contact => contact,
    key: contact => [contact.importId, contact.rowNumber],
  })
}

/** One term after the other; the cursor tells the term and how far it got. */
async function searchPage(
  sql: RunSql,
  terms: readonly SearchTerm[],
  query: ContactQuery,
): Promise<ContactPage> {
  const limit = pageLimit(query.limit)
  const [firstTerm = 0, key, id] = query.cursor
    ? decodeCursor(query.cursor, [/^\d$/, /^.*$/s, idPattern])
    : []
  const found: (FoundContact & { term: number })[] = []
  await walkIndexes(sql)
  for (let index = Number(firstTerm); index < terms.length && found.length <= limit; index += 1) {
    const resumes = index === firstTerm && key !== undefined
    const rows = await searchContacts(sql, {
      term: terms[index]!,
      earlier: terms.slice(0, index),
      after: resumes ? { key: String(key), id: String(id) } : undefined,
      importIds: query.importIds,
      limit: limit + 1 - found.length,
    })
    for (const row of rows) found.push({ ...row, term: index })
  }
  return toPage(found, limit, {
    item: ({ contact }) => contact,
    key: row => [row.term, row.key, row.contact.id],
  })
}
