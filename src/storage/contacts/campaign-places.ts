/**
 * Places of contacts in campaigns, put in and taken out a bounded number at a time. `campaign_imports` counts them:
 * triggers of `campaign_contacts` keep it, so that no statement that changes places can forget to.
 */
import { ofKeptImport } from '../imports/deleting-imports.ts'
import type { RunSql } from '../postgres/sql.ts'
import type { RepairPlace } from './assignments.ts'

/** The contacts of one import in one campaign, as far as one assignment is concerned. */
export interface PlaceGroup {
  readonly tenantId: string
  readonly campaignId: string
  readonly importId: string
  readonly assignmentId: string
}

export interface AddedPlaces {
  /** contacts that were looked at: fewer than asked for when there are no more */
  readonly contacts: number
  /** sheet row of the last of them */
  readonly lastRow: number | null
  readonly added: number
}

/**
 * Puts in the contacts of the next rows: those after `afterRow` and before `beforeRow`, at most `limit`. A contact
 * that is in already stays as it is. The contacts are kept from being removed until the transaction ends.
 */
export async function addPlaces(
  sql: RunSql,
  { tenantId, campaignId, importId, assignmentId }: PlaceGroup,
  rows: { readonly afterRow: number; readonly beforeRow: number; readonly limit: number },
): Promise<AddedPlaces> {
  const [counts] = await sql<AddedPlaces>(
    `with page as materialized (
      select id, row_number from contacts
      where tenant_id = $1 and import_id = $3 and row_number > $5 and row_number < $6
      order by row_number limit $7 for key share
    ), added as (
      insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id, assignment_id)
      select $1, $2, id, $3, $4 from page order by id
      on conflict do nothing returning 1)
    select (select count(*)::int from page) as contacts,
      (select max(row_number) from page) as "lastRow", (select count(*)::int from added) as added`,
    [tenantId, campaignId, importId, assignmentId, rows.afterRow, rows.beforeRow, rows.limit],
  )
  return counts!
}

/**
 * Puts in the contacts of rows that were repaired, at most `limit`, behind a place among the repairs. What the walk along the
 * rows met before is in already.
 */
export async function addRepairedPlaces(
  sql: RunSql,
  { tenantId, campaignId, importId, assignmentId }: PlaceGroup,
  { after, limit }: { readonly after: RepairPlace; readonly limit: number },
): Promise<{
  readonly repaired: number
  readonly last: RepairPlace | null
  readonly added: number
}> {
  const [counts] = await sql<{ repaired: number; last: RepairPlace | null; added: number }>(
    `with page as materialized (
      select repair, row_number, outcome from row_repairs
      where tenant_id = $1 and import_id = $3 and (repair, row_number) > ($5::int, $6::int)
      order by repair, row_number limit $7
    ), members as materialized (
      select c.id from page cross join lateral (
        select id from contacts
        where tenant_id = $1 and import_id = $3 and row_number = page.row_number
        for key share) c
      where page.outcome = 'created'
    ), added as (
      insert into campaign_contacts (tenant_id, campaign_id, contact_id, import_id, assignment_id)
      select $1, $2, id, $3, $4 from members order by id
      on conflict do nothing returning 1)
    select (select count(*)::int from page) as repaired,
      (select jsonb_build_object('repair', repair, 'row', row_number) from page
        order by repair desc, row_number desc limit 1) as last,
      (select count(*)::int from added) as added`,
    [tenantId, campaignId, importId, assignmentId, after.repair, after.row, limit],
  )
  return counts!
}

export interface RemovedPlaces {
  readonly contacts: number
  /** sheet row of the first of the contacts that were looked at */
  readonly firstRow: number | null
  readonly removed: number
}

/** Takes out what the assignment put in, for the last `limit` contacts up to `upToRow`. */
export async function removePlaces(
  sql: RunSql,
  { tenantId, campaignId, importId, assignmentId }: PlaceGroup,
  rows: { readonly upToRow: number; readonly limit: number },
): Promise<RemovedPlaces> {
  const [counts] = await sql<RemovedPlaces>(
    `with page as materialized (
      select id, row_number from contacts
      where tenant_id = $1 and import_id = $3 and row_number <= $5
      order by row_number desc limit $6
    ), removed as (
      -- One look-up for each contact: a plain join may be turned round, and compare all places with all contacts.
      delete from campaign_contacts where ctid = any(array(
        select place.ctid from page cross join lateral (
          select ctid from campaign_contacts
          where tenant_id = $1 and campaign_id = $2 and contact_id = page.id and assignment_id = $4
          offset 0) place))
      returning 1)
    select (select count(*)::int from page) as contacts,
      (select min(row_number) from page) as "firstRow", (select count(*)::int from removed) as removed`,
    [tenantId, campaignId, importId, assignmentId, rows.upToRow, rows.limit],
  )
  return counts!
}

/** How many places that an assignment had put in are gone. */
export interface LostPlaces {
  readonly assignmentId: string
  readonly places: number
}

/**
 * Takes contacts of one import out of all campaigns, and gives whose places they were. The caller holds the contacts, so
 * that no assignment puts one in meanwhile.
 */
export async function removePlacesOf(
  sql: RunSql,
  { tenantId, importId }: Pick<PlaceGroup, 'tenantId' | 'importId'>,
  contactIds: readonly string[],
): Promise<LostPlaces[]> {
  if (contactIds.length === 0) return []
  return sql<LostPlaces>(
    `with gone as (
      delete from campaign_contacts where ctid = any(array(
        select place.ctid from unnest($3::bigint[]) member (id)
        cross join campaign_imports k cross join lateral (
          select ctid from campaign_contacts p
          where p.tenant_id = $1 and p.campaign_id = k.campaign_id and p.contact_id = member.id
          offset 0) place
        where k.tenant_id = $1 and k.import_id = $2))
      returning assignment_id)
    select assignment_id::text as "assignmentId", count(*)::int as places from gone
    where assignment_id is not null group by assignment_id`,
    [tenantId, importId, contactIds],
  )
}

/** How many contacts each campaign has, without those of imports that are being deleted. */
export async function countPlaces(
  sql: RunSql,
  campaignIds: readonly string[],
): Promise<Map<string, number>> {
  const rows = await sql<{ id: string; contacts: string }>(
    `select campaign_id::text as id, sum(contacts) as contacts from campaign_imports
    where tenant_id = current_setting('app.tenant') and campaign_id = any($1::bigint[])
      and ${ofKeptImport('import_id')}
    group by campaign_id`,
    [campaignIds],
  )
  return new Map(rows.map(({ id, contacts }) => [id, Number(contacts)]))
}
