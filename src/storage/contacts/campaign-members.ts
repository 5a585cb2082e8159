/** The members of campaigns: `campaign_contacts`, written a whole import at a time. */
import type { ImportStatus } from '../../contracts/import.ts'
import { ofKeptImport } from '../imports/deleting-imports.ts'
import type { RunSql } from '../postgres/sql.ts'

export interface AssignmentCounts {
  readonly assigned: number
  readonly alreadyAssigned: number
}

/**
 * The state of an import that is locked against its deletion until the transaction ends, so that no member
 * is added behind a purge; undefined when there is no such import.
 */
export async function holdImport(sql: RunSql, importId: string): Promise<ImportStatus | undefined> {
  const [found] = await sql<{ status: ImportStatus }>(
    `select status from imports where tenant_id = current_setting('app.tenant') and id = $1
    for share`,
    [importId],
  )
  return found?.status
}

/** Adds all contacts of an import that is held to a campaign. */
export async function assignImportContacts(
  sql: RunSql,
  campaignId: string,
  importId: string,
): Promise<AssignmentCounts> {
  const [counts] = await sql<{ contacts: string; assigned: string }>(
    `with members as (
      select tenant_id, id from contacts
      where tenant_id = current_setting('app.tenant') and import_id = $2 order by id
    ), added as (
      insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id)
      select tenant_id, $1::bigint, id, $2 from members
      on conflict do nothing returning 1)
    select (select count(*) from members) as contacts, (select count(*) from added) as assigned`,
    [campaignId, importId],
  )
  const assigned = Number(counts!.assigned)
  return { assigned, alreadyAssigned: Number(counts!.contacts) - assigned }
}

/** How many contacts each campaign has, without those of imports that are being deleted. */
export async function countMembers(
  sql: RunSql,
  campaignIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; members: string }>(
    `select campaign_id::text as id, count(*) as members from campaign_contacts
    where tenant_id = current_setting('app.tenant') and campaign_id = any($1::bigint[])
      and ${ofKeptImport('import_id')}
    group by campaign_id`,
    [campaignIds],
  )
  return new Map(rows.map(({ id, members }) => [id, Number(members)]))
}
