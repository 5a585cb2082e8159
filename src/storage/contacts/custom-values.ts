/**
 * The values of custom fields: in `custom` of their contact under the id of the field, and in `contact_values`, where
 * searches, counts and removals find the contact by field and value.
 */
import { deletingOfTenant } from '../imports/deleting-imports.ts'
import type { RunSql } from '../postgres/sql.ts'
import { notDeleting } from './contact-columns.ts'
import type { Parameters } from './parameters.ts'

/** The key of a text of `jsonb_each_text` in `contact_values`; letter case does not matter. */
export function valueKey(text: string): string {
  return `substring(sha256(convert_to(lower(${text}), 'UTF8')) for 8)`
}

/** A value that contacts are searched by. */
export interface SoughtValue {
  readonly fieldId: string
  /** as the text of its JSON */
  readonly value: string
}

/** The condition on a contact `c` that it holds the value; letter case does not matter. */
export function holdsValue({ fieldId, value }: SoughtValue, values: Parameters): string {
  return `lower(c.custom ->> ${values.add(fieldId)}::text) = lower(${values.add(value)}::text)`
}

/** A staged value of a custom field, by its place among the staged ones. */
export interface StagedValue {
  readonly id: string
  readonly type: string
  readonly at: number
}

/** A function of PostgreSQL takes 100 arguments, and each value is two. */
const pairsMax = 50

/**
 * The value of `custom` in a statement whose $1 is the tenant, of staged values. Fields that were deleted since the
 * import read them are left out; one deleted in this very moment is left to the job that removes its values.
 */
export function customObject(
  values: readonly StagedValue[],
  textAt: (at: number) => string,
): string {
  const pairs = values.map(({ id, type, at }) => {
    const value = type === 'numeric' || type === 'boolean' ? `${textAt(at)}::${type}` : textAt(at)
    return `'${id}', ${value}`
  })
  const objects = Array.from(
    { length: Math.ceil(pairs.length / pairsMax) },
    (_, at) => `jsonb_build_object(${pairs.slice(at * pairsMax, (at + 1) * pairsMax).join(', ')})`,
  )
  const ids = `'{${values.map(({ id }) => id).join(',')}}'::bigint[]`
  return `jsonb_strip_nulls(${objects.join(' || ')}) - array(
    select id::text from unnest(${ids}) own (id)
    where not exists (select from contact_fields f where f.tenant_id = $1 and f.id = own.id))`
}

/**
 * An insertion into `contacts` with the places of the values of its rows. It answers how many rows it made, or what
 * `answer` selects from `made`: their `id`, `row_number` and `custom`.
 */
export function withValuePlaces(insert: string, answer = 'count(*) as made'): string {
  return `with made as (${insert} returning id, row_number, custom),
    placed as (${placeValues('made', 'custom')})
    select ${answer} from made`
}

/** Inserts the places of the values in the column `values` of `rows`, which has the `id` of each contact. */
export function placeValues(rows: string, values: string): string {
  return `insert into contact_values (tenant_id, field_id, value_key, contact_id)
      select $1, held.key::bigint, ${valueKey('held.value')}, ${rows}.id
      from ${rows} cross join lateral jsonb_each_text(${rows}.${values}) held`
}

/** Contacts of the tenant that hold a value of the field, without those of imports that are being deleted. */
export async function countHolders(
  sql: RunSql,
  tenantId: string,
  fieldId: string,
): Promise<number> {
  const [row] = await sql<{ contacts: number }>(
    `select count(*)::float8 as contacts from contact_values v
    where v.tenant_id = $1 and v.field_id = $2::bigint and (not exists (${deletingOfTenant})
      or exists (select from contacts c where c.tenant_id = $1 and c.id = v.contact_id and ${notDeleting}))`,
    [tenantId, fieldId],
  )
  return row!.contacts
}

/** The id behind that of every transaction that has begun so far, in all databases of the server. */
export async function startedSoFar(sql: RunSql): Promise<string> {
  const [row] = await sql<{ behind: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as behind',
  )
  return row!.behind
}

/** Whether all transactions before this id have ended. */
export async function areBatchesOver(sql: RunSql, startedBefore: string): Promise<boolean> {
  const [row] = await sql<{ over: boolean }>(
    'select pg_snapshot_xmin(pg_current_snapshot()) >= $1::text::xid8 as over',
    [startedBefore],
  )
  return row!.over
}

/** Removes the places of the values that contacts hold of these fields; the values are taken out of `custom` behind it. */
export async function removeValuePlaces(
  sql: RunSql,
  tenantId: string,
  contacts: readonly { readonly id: string; readonly fields: readonly string[] }[],
): Promise<void> {
  await sql(
    `delete from contact_values where ctid = any(array(
      select place.ctid from (
        select c.id, field::bigint as field_id, ${valueKey('c.custom ->> field')} as value_key
        from jsonb_to_recordset($2::jsonb) as own (id bigint, fields jsonb)
        join contacts c on c.tenant_id = $1 and c.id = own.id
        cross join lateral jsonb_array_elements_text(own.fields) field
        where c.custom ? field offset 0) held
      cross join lateral (
        select ctid from contact_values v
        where v.tenant_id = $1 and v.field_id = held.field_id and v.value_key = held.value_key
          and v.contact_id = held.id
        offset 0) place))`,
    [tenantId, JSON.stringify(contacts)],
  )
}

/** A row of `contact_values` of one field; the key in hexadecimal. */
export interface ValuePlace {
  readonly key: string
  readonly contactId: string
}

/** Takes up to `limit` values of a field from their contacts; gives the last of them, undefined when none is left. */
export async function removeValues(
  sql: RunSql,
  { tenantId, fieldId }: { readonly tenantId: string; readonly fieldId: string },
  { after, limit }: { readonly after: ValuePlace | undefined; readonly limit: number },
): Promise<ValuePlace | undefined> {
  // Behind the last step, so that no step passes over what the steps before it removed.
  const behind = after ? `and (value_key, contact_id) > (decode($5, 'hex'), $6::bigint)` : ''
  const [last] = await sql<ValuePlace>(
    `with step as materialized (
      select ctid, value_key, contact_id from contact_values
      where tenant_id = $1 and field_id = $2::bigint ${behind}
      order by value_key, contact_id limit $3
    ), gone as (
      delete from contact_values where ctid = any(array(select ctid from step))
    ), cleared as (
      update contacts c set custom = c.custom - $4::text from step
      where c.tenant_id = $1 and c.id = step.contact_id
    )
    select encode(value_key, 'hex') as key, contact_id::text as "contactId" from step
    order by value_key desc, contact_id desc limit 1`,
    [tenantId, fieldId, limit, fieldId, ...(after ? [after.key, after.contactId] : [])],
  )
  return last
}
