/** The `contact_fields` table: the fields that tenants make for their contacts. Nothing here knows what a value means. */
import type { FieldChoice } from '../../contracts/contact-fields.ts'
import type { CustomFieldType } from '../../contracts/custom-fields.ts'
import type { RunSql } from '../postgres/sql.ts'

/** Channel that tells whose custom fields were changed; the payload is the tenant. */
export const customFieldChannel = 'contact_import_fields'

export interface CustomFieldRecord {
  readonly id: string
  readonly key: string
  readonly type: CustomFieldType
  readonly labels: { readonly en: string; readonly pl: string }
  readonly choices: readonly FieldChoice[] | null
  readonly required: boolean
}

const columns = 'id::text as id, key, type, labels, choices, required'

/** Any number of our own; the other half of the key is the tenant. */
const lockClass = 7_303

/** The fields of the tenant, in the order in which they were made. */
export function readCustomFields(sql: RunSql, tenantId: string): Promise<CustomFieldRecord[]> {
  return sql<CustomFieldRecord>(
    `select ${columns} from contact_fields where tenant_id = $1 order by id`,
    [tenantId],
  )
}

/** The same as a value of a statement whose $1 is the tenant: an array of `CustomFieldRecord` as JSON. */
export const customFieldsOfTenant = `coalesce((
  select jsonb_agg(to_jsonb(own) order by own.id::bigint)
  from (select ${columns} from contact_fields where tenant_id = $1) own), '[]')`

/** The field, unchanged by others until the transaction ends; undefined where there is none. */
export async function holdCustomField(
  sql: RunSql,
  tenantId: string,
  key: string,
): Promise<CustomFieldRecord | undefined> {
  const [row] = await sql<CustomFieldRecord>(
    `select ${columns} from contact_fields where tenant_id = $1 and key = $2 for update`,
    [tenantId, key],
  )
  return row
}

/** Fields of the tenant. Until the transaction ends, whoever else counts them waits. */
export async function countCustomFields(sql: RunSql, tenantId: string): Promise<number> {
  await sql('select pg_advisory_xact_lock($1::int, hashtext($2))', [lockClass, tenantId])
  const [row] = await sql<{ fields: number }>(
    'select count(*)::int as fields from contact_fields where tenant_id = $1',
    [tenantId],
  )
  return row!.fields
}

interface Change {
  readonly tenantId: string
  /** who asks for it */
  readonly by: string
}

/** Keeps a new field; undefined where the tenant has one of this key. */
export async function insertCustomField(
  sql: RunSql,
  { tenantId, by }: Change,
  field: Omit<CustomFieldRecord, 'id'>,
): Promise<CustomFieldRecord | undefined> {
  const [row] = await sql<CustomFieldRecord>(
    `insert into contact_fields (tenant_id, key, type, labels, choices, required, created_by)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict (tenant_id, key) do nothing returning ${columns}`,
    [tenantId, field.key, field.type, ...contentOf(field), by],
  )
  if (row) await notifyChange(sql, tenantId)
  return row
}

/** Puts other labels, choices and `required` in the place of those that the field has. */
export async function updateCustomField(
  sql: RunSql,
  { tenantId, by }: Change,
  field: CustomFieldRecord,
): Promise<void> {
  await sql(
    `update contact_fields set labels = $3, choices = $4, required = $5, changed_by = $6,
      changed_at = clock_timestamp()
    where tenant_id = $1 and id = $2`,
    [tenantId, field.id, ...contentOf(field), by],
  )
  await notifyChange(sql, tenantId)
}

/** The field is gone at once; its values are in no answer any more. */
export async function deleteCustomField(sql: RunSql, tenantId: string, id: string): Promise<void> {
  await sql('delete from contact_fields where tenant_id = $1 and id = $2', [tenantId, id])
  await notifyChange(sql, tenantId)
}

function contentOf({ labels, choices, required }: Omit<CustomFieldRecord, 'id'>): unknown[] {
  return [JSON.stringify(labels), choices && JSON.stringify(choices), required]
}

/** Tells every process, once the transaction commits. */
async function notifyChange(sql: RunSql, tenantId: string): Promise<void> {
  await sql('select pg_notify($1, $2)', [customFieldChannel, tenantId])
}
