/** The fields of contacts as callers see them: the built-in ones and those of the tenant, which it makes and changes. */
import type { Caller } from '../contracts/caller.ts'
import type { ContactFieldItem } from '../contracts/contact.ts'
import type { ContactField, FieldChoice } from '../contracts/contact-fields.ts'
import type {
  ContactFieldChange,
  ContactFieldCreation,
  ContactFieldUsage,
  CustomFieldType,
} from '../contracts/custom-fields.ts'
import { AppError, type Locale } from '../errors.ts'
import { customFieldBytesMax, customFieldsPerTenant } from '../limits.ts'
import { toContactField } from '../mapping/custom-fields.ts'
import {
  type CustomFieldRecord,
  countCustomFields,
  deleteCustomField,
  holdCustomField,
  insertCustomField,
  readCustomFields,
  updateCustomField,
} from '../storage/contacts/custom-fields.ts'
import { countHolders } from '../storage/contacts/custom-values.ts'
import { queueJob } from '../storage/jobs/step-jobs.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import type { RunSql } from '../storage/postgres/sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ContactContext } from './context.ts'
import { fieldRemovalKind } from './remove-field.ts'

export async function listContactFields(
  { fields: catalogues }: ContactContext,
  caller: Caller,
  locale: Locale,
): Promise<ContactFieldItem[]> {
  const { fields } = await catalogues.of(caller.tenantId)
  return fields.map(field => toItem(field, locale))
}

interface FieldCall {
  readonly key: string
  readonly locale: Locale
}

/**
 * Makes a field. `contact-field-taken` when the tenant, or everybody, has one of that key, `contact-fields-too-many`
 * when it has `customFieldsPerTenant`, `contact-field-choices` and `contact-field-too-large` for what no field may say.
 */
export async function createContactField(
  { orm, fields: catalogues }: ContactContext,
  { tenantId, subject }: Caller,
  { key, type, labels, choices, required = false }: ContactFieldCreation,
  locale: Locale,
): Promise<ContactFieldItem> {
  if (catalogues.builtIn.find(key)) throw new AppError('contact-field-taken', { key })
  const field = judge({ key, type, labels, choices: toChoices(choices), required })
  const made = await inTenant(orm, tenantId, async em => {
    const sql = sqlOf(em)
    const fields = await countCustomFields(sql, tenantId)
    if (await holdCustomField(sql, tenantId, key))
      throw new AppError('contact-field-taken', { key })
    if (fields >= customFieldsPerTenant) {
      throw new AppError('contact-fields-too-many', { fieldsMax: customFieldsPerTenant })
    }
    return insertCustomField(sql, { tenantId, by: subject }, field)
  })
  if (!made) throw new AppError('contact-field-taken', { key })
  catalogues.forget(tenantId)
  return toItem(toContactField(made), locale)
}

/** Changes what is named. Values that contacts hold stay as they are, also where their choice is gone. */
export async function changeContactField(
  { orm, fields: catalogues }: ContactContext,
  { tenantId, subject }: Caller,
  { key, locale }: FieldCall,
  { choices, ...change }: ContactFieldChange,
): Promise<ContactFieldItem> {
  refuseBuiltIn(catalogues, key)
  const field = await inTenant(orm, tenantId, async em => {
    const sql = sqlOf(em)
    const { id, ...before } = await findOwn(sql, tenantId, key)
    const after = judge({
      ...before,
      ...change,
      ...(choices !== undefined && { choices: toChoices(choices) }),
    })
    await updateCustomField(sql, { tenantId, by: subject }, { id, ...after })
    return { id, ...after }
  })
  catalogues.forget(tenantId)
  return toItem(toContactField(field), locale)
}

/** The field is gone at once; its values are taken from their contacts in the background. */
export async function removeContactField(
  { orm, fields: catalogues }: ContactContext,
  { tenantId, subject }: Caller,
  { key, locale }: FieldCall,
): Promise<ContactFieldItem> {
  refuseBuiltIn(catalogues, key)
  const field = await inTenant(orm, tenantId, async em => {
    const sql = sqlOf(em)
    const held = await findOwn(sql, tenantId, key)
    await deleteCustomField(sql, tenantId, held.id)
    await queueJob(sql, {
      tenantId,
      kind: fieldRemovalKind,
      createdBy: subject,
      checkpoint: { fieldId: held.id },
    })
    return held
  })
  catalogues.forget(tenantId)
  return toItem(toContactField(field), locale)
}

/** How many contacts hold a value of the field, which a deletion would take from them. */
export function readFieldUsage(
  { orm, fields: catalogues }: ContactContext,
  { tenantId }: Caller,
  key: string,
): Promise<ContactFieldUsage> {
  refuseBuiltIn(catalogues, key)
  return inTenant(orm, tenantId, async em => {
    const sql = sqlOf(em)
    const own = await readCustomFields(sql, tenantId)
    const field = own.find(each => each.key === key)
    if (!field) throw new AppError('not-found')
    return { key, contacts: await countHolders(sql, tenantId, field.id) }
  })
}

function refuseBuiltIn({ builtIn }: ContactContext['fields'], key: string): void {
  if (builtIn.find(key)) throw new AppError('contact-field-built-in', { key })
}

async function findOwn(sql: RunSql, tenantId: string, key: string): Promise<CustomFieldRecord> {
  const field = await holdCustomField(sql, tenantId, key)
  if (!field) throw new AppError('not-found')
  return field
}

/** A choice without names goes by its value. */
function toChoices(choices: ContactFieldCreation['choices']): FieldChoice[] | null {
  if (choices === undefined || choices.length === 0) return null
  return choices.map(choice => {
    const { value, labels } = typeof choice === 'string' ? { value: choice } : choice
    const name = value.trim()
    return { value: name, labels: labels ?? { en: name, pl: name } }
  })
}

/** What may be kept, or the refusal. */
function judge<Field extends Omit<CustomFieldRecord, 'id'>>(field: Field): Field {
  if (!choicesFit(field.type, field.choices)) {
    const item = { pointer: '/choices', code: 'contact-field-choices' } as const
    throw new AppError('contact-field-choices', {}, { items: [item] })
  }
  const bytes = Buffer.byteLength(JSON.stringify(field))
  if (bytes > customFieldBytesMax) {
    throw new AppError('contact-field-too-large', { bytes, bytesMax: customFieldBytesMax })
  }
  return field
}

function choicesFit(type: CustomFieldType, choices: readonly FieldChoice[] | null): boolean {
  if (type !== 'choice') return choices === null
  if (choices === null) return false
  return new Set(choices.map(({ value }) => value.toLowerCase())).size === choices.length
}

function toItem(field: ContactField, locale: Locale): ContactFieldItem {
  const { key, kind, group, lengthMax, example, labels, custom, choices, required } = field
  return {
    key: custom?.key ?? key,
    field: key,
    label: labels[locale],
    labels,
    kind,
    type: custom ? (kind as CustomFieldType) : null,
    group,
    lengthMax,
    example,
    builtIn: !custom,
    choices: choices ? [...choices] : null,
    required: required ?? false,
  }
}
