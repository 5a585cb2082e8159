/** Compiles a mapping to a table by column, once per import: which normaliser reads a column, where its values go. */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import { familyOf } from './field-families.ts'
import type { FindingPlace } from './findings-tally.ts'
import { countryKind } from './kinds/country.ts'
import type { FieldKind, FieldNormaliser } from './kinds/field-kind.ts'
import { fieldKind } from './kinds/index.ts'
import { repaired } from './normalise/outcome.ts'
import { readEmptyWords } from './read-empty-words.ts'
import type { ReadingSetting } from './reading-setting.ts'
import type { RowMapperOptions, RowMapping } from './to-contact.ts'

/** One mapped column. It is the place of the findings of its cells. */
export interface ColumnSlot extends FindingPlace {
  readonly column: number
  readonly field: string
  /** Place of its value in a row's values. */
  readonly index: number
  readonly kind: FieldKind
  readonly normalise: FieldNormaliser
  /** Places of the fields that parts of its value fill; none where a column fills one of them. */
  readonly parts: readonly number[]
  /** Places of the members of its family that no column fills. */
  readonly free: readonly number[]
}

/** A mapping, compiled for the functions that read rows. */
export interface RowPlan {
  /** The fields that rows may fill, in the order of the catalogue. */
  readonly fields: readonly ContactField[]
  /** By column; undefined where a column is not mapped. */
  readonly slots: readonly (ColumnSlot | undefined)[]
  /** The slots that every row must fill, in column order. */
  readonly required: readonly ColumnSlot[]
  /** Places of the values of each family that has several. */
  readonly families: readonly (readonly number[])[]
  /** Places of the values by which a person can be reached. */
  readonly reaching: readonly number[]
  /** The column that names the country of a row; 0 for none. */
  readonly countryColumn: number
  readonly mapping: RowMapping
}

export function planColumns(options: RowMapperOptions): RowPlan {
  const { mapping, catalogue, today, dateOrders } = options
  const mapped = mappedFields(mapping.columns, catalogue)
  const fields = withFamilies(mapped, catalogue)
  const setting = { ...mapping, today }
  const slots: (ColumnSlot | undefined)[] = []
  for (const { column, field: key } of mapping.columns) {
    if (slots[column]) throw new RangeError(`column ${column} is mapped twice`)
    const field = catalogue.find(key)!
    const kind = fieldKind(field.kind)
    const free = familyOf(field, catalogue).filter(member => !mapped.has(member))
    const parts = partsOf(field, mapped, catalogue)
    slots[column] = {
      column,
      field: key,
      index: fields.indexOf(field),
      parts: parts.map(part => fields.indexOf(part)),
      kind,
      normalise: prepareNormaliser(field, parts.length > 0, {
        ...setting,
        evidence: dateOrders?.[column],
      }),
      free: free.map(member => fields.indexOf(member)),
    }
  }
  return {
    fields,
    slots,
    required: slots.filter(
      (slot): slot is ColumnSlot =>
        slot !== undefined &&
        (mapping.required.includes(slot.field) || fields[slot.index]!.required === true),
    ),
    families: families(fields),
    reaching: [...fields.keys()].filter(place => isWayToReach(fields[place]!)),
    countryColumn: slots.find(slot => slot?.kind === countryKind)?.column ?? 0,
    mapping,
  }
}

function prepareNormaliser(
  field: ContactField,
  hasParts: boolean,
  setting: ReadingSetting,
): FieldNormaliser {
  const kind = fieldKind(field.kind)
  const normalise = readEmptyWords(kind.prepare(field, setting), kind, setting.emptyValues)
  return hasParts || !kind.fills ? normalise : takeWhole(normalise)
}

/** Forgets the parts of values: columns of their own fill those fields. */
function takeWhole(normalise: FieldNormaliser): FieldNormaliser {
  return (cell, rowRegion) => {
    const outcome = normalise(cell, rowRegion)
    if (typeof outcome !== 'object' || outcome?.outcome !== 'parted') return outcome
    const { told, value, code } = outcome
    return told === 'repaired' ? repaired(value, code) : value
  }
}

/** The fields that parts of the field's values fill: all that its kind names, or none. */
function partsOf(
  field: ContactField,
  mapped: ReadonlySet<ContactField>,
  catalogue: FieldCatalogue,
): readonly ContactField[] {
  const parts = (fieldKind(field.kind).fills ?? []).flatMap(key => catalogue.find(key) ?? [])
  return parts.some(part => mapped.has(part)) ? [] : parts
}

/** Whether a value is a way to reach the person; nobody knows whose number a custom field holds. */
export function isWayToReach({ kind, custom }: ContactField): boolean {
  return !custom && fieldKind(kind).reaches
}

function mappedFields(
  columns: RowMapping['columns'],
  catalogue: FieldCatalogue,
): ReadonlySet<ContactField> {
  const fields = columns.map(({ field: key }) => {
    const field = catalogue.find(key)
    if (!field) throw new RangeError(`unknown contact field ${key}`)
    return field
  })
  const mapped = new Set(fields)
  if (mapped.size !== fields.length) throw new RangeError('a field is mapped twice')
  return mapped
}

/** The mapped fields, the free members of their families, and the fields that parts of their values fill. */
function withFamilies(
  mapped: ReadonlySet<ContactField>,
  catalogue: FieldCatalogue,
): readonly ContactField[] {
  const parts = [...mapped].flatMap(field => partsOf(field, mapped, catalogue))
  return catalogue.fields.filter(
    field =>
      mapped.has(field) ||
      parts.includes(field) ||
      familyOf(field, catalogue).some(member => mapped.has(member)),
  )
}

function families(fields: readonly ContactField[]): number[][] {
  const builtIn = [...fields.keys()].filter(place => !fields[place]!.custom)
  const places = Map.groupBy(builtIn, place => fields[place]!.kind)
  return [...places]
    .filter(([kind, members]) => fieldKind(kind).isFamily && members.length > 1)
    .map(([, members]) => members)
}
