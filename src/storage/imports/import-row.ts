/** The columns of `imports` that a snapshot, an event or a worker needs, for plain SQL. */
import type { ImportRecord, ValidationRecord } from '../../contracts/import-snapshot.ts'
import { isoTime } from '../postgres/sql.ts'
import type { ImportEntity } from './import-entity.ts'
import { validationOfImport } from './validation-record.ts'

const properties = [
  'id',
  'tenantId',
  'name',
  'kind',
  'corrects',
  'status',
  'fileName',
  'fileBytes',
  'fileSha256',
  'mapping',
  'firstRow',
  'nextRow',
  'rowsTotal',
  'rowsCreated',
  'rowsUpdated',
  'rowsSkipped',
  'rowsRejected',
  'findingsRepaired',
  'findingsNoted',
  'findingsBlanked',
  'rowsPerSecond',
  'failureCode',
  'failureData',
  'readings',
  'sourceFingerprint',
  'epoch',
  'crashes',
  'batchRows',
  'createdBy',
  'createdAt',
  'startedAt',
  'finishedAt',
] as const satisfies readonly (keyof ImportRow)[]

/** A row as plain SQL gives it, its times as RFC 3339 texts. */
export type ImportRow = ImportRecord &
  Pick<ImportEntity, 'sourceFingerprint' | 'epoch' | 'crashes' | 'batchRows'> & {
    /** null: the import was never validated */
    readonly validation: ValidationRecord | null
  }

/** A select or returning list of a statement on `imports`, whose rows have the shape of `ImportRow`. */
export const importColumns = [
  ...properties.map(columnOf),
  `${validationOfImport} as validation`,
].join(', ')

function columnOf(property: string): string {
  const column = property.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  return `${expressionOf(property, column)} as "${property}"`
}

function expressionOf(property: string, column: string): string {
  if (property.endsWith('At')) return isoTime(column)
  // bigint comes as text from the driver; a file's size fits a double.
  return property === 'fileBytes' ? `${column}::float8` : column
}
