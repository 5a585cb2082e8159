/**
 * Reads contacts by import, campaign or id. Every list is a walk along one index from a key on, so that
 * its cost is its length. Contacts of an import that is being deleted are in no answer.
 */
import type { Contact } from '../../contracts/contact.ts'
import type { ContactField } from '../../contracts/contact-fields.ts'
import { isKept, ofKeptImport } from '../imports/deleting-imports.ts'
import type { RunSql } from '../postgres/sql.ts'
import { contactColumns, notDeleting, ofTenant } from './contact-columns.ts'
import { readPage } from './page-bytes.ts'

export interface ImportWalk {
  /** the fields that contacts are given with */
  readonly fields: readonly ContactField[]
  /** left out: all imports of the tenant */
  readonly importIds?: readonly string[]
  readonly after?: { readonly importId: string; readonly rowNumber: number }
  readonly limit: number
}

/** One import after the other in the order of their ids, which is that of their making; each in sheet order. */
export async function readContacts(
  sql: RunSql,
  { fields, importIds, after, limit }: ImportWalk,
): Promise<Contact[]> {
  // An import is entered or passed over as a whole: one on its way out would cost a step for each contact.
  const { rows } = await readPage<Contact>(
    sql,
    `select ${contactColumns(fields)} from imports i cross join lateral (
      select * from contacts c
      where ${ofTenant} and c.import_id = i.id
        and c.row_number > case when i.id = $1 then $2::int else 0 end
      order by c.row_number limit $3) c
    where i.tenant_id = current_setting('app.tenant') and ${isKept('i')}
      and i.rows_created > 0 and i.id >= $1::uuid ${importIds ? 'and i.id = any($4::uuid[])' : ''}
    order by i.id, c.row_number limit $3`,
    [after?.importId ?? nilUuid, after?.rowNumber ?? 0, limit, ...(importIds ? [importIds] : [])],
  )
  return rows
}

const nilUuid = '00000000-0000-0000-0000-000000000000'

/** The contacts of a campaign after an id. */
export async function readCampaignContacts(
  sql: RunSql,
  campaignId: string,
  { fields, ...page }: Pick<ImportWalk, 'fields' | 'limit'> & { readonly afterId: string },
): Promise<Contact[]> {
  // The page is cut from the members, and only their contacts are looked up.
  const { rows } = await readPage<Contact>(
    sql,
    `select ${contactColumns(fields)} from (
      select m.tenant_id, m.contact_id from campaign_contacts m
      where m.tenant_id = current_setting('app.tenant') and m.campaign_id = $1::bigint
        and m.contact_id > $2::bigint
        and ${ofKeptImport('m.import_id')}
      order by m.contact_id limit $3) m
    join contacts c on c.tenant_id = m.tenant_id and c.id = m.contact_id
    order by c.id`,
    [campaignId, page.afterId, page.limit],
  )
  return rows
}

export async function findContact(
  sql: RunSql,
  id: string,
  fields: readonly ContactField[],
): Promise<Contact | undefined> {
  const [row] = await sql<Contact>(
    `select ${contactColumns(fields)} from contacts c
    where ${ofTenant} and ${notDeleting} and c.id = $1::bigint`,
    [id],
  )
  return row
}

/**
 * The import of a contact, which stays until the transaction ends: a row that points to it can be written.
 * Undefined where the contact is unknown, also once a deletion that was removing it meanwhile has committed.
 */
export async function holdContact(
  sql: RunSql,
  id: string,
): Promise<{ importId: string } | undefined> {
  const [row] = await sql<{ importId: string }>(
    `select c.import_id as "importId" from contacts c
    where ${ofTenant} and ${notDeleting} and c.id = $1::bigint for key share of c`,
    [id],
  )
  return row
}
