/** The columns of `imports` that a snapshot, an event or a worker needs, for plain SQL. */
import type { ImportEntity } from './entities/import.ts'
import { isoTime } from './sql.ts'

const properties = [
  'id',
  'tenantId',
  'name',
  'status',
  'fileName',
  'fileBytes',
  'fileSha256',
  'sheets',
  'mapping',
  'firstRow',
  'nextRow',
  'rowsTotal',
  'rowsCreated',
  'rowsUpdated',
  'rowsSkipped',
  'rowsRejected',
  'rowsPerSecond',
  'failureCode',
  'failureData',
  'sourceFingerprint',
  'epoch',
  'crashes',
  'createdBy',
  'createdAt',
  'startedAt',
  'finishedAt',
] as const satisfies readonly (keyof ImportEntity)[]

type Timestamps = 'createdAt' | 'startedAt' | 'finishedAt'

/** As the ORM gives it, or plain SQL, whose times are RFC 3339 texts. */
export type ImportRow = Omit<Pick<ImportEntity, (typeof properties)[number]>, Timestamps> & {
  createdAt: Date | string
  startedAt?: Date | string | null
  finishedAt?: Date | string | null
}

/** A select or returning list whose rows have the shape of `ImportRow`. */
export const importColumns = properties.map(columnOf).join(', ')

function columnOf(property: string): string {
  const column = property.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  return `${expressionOf(property, column)} as "${property}"`
}

function expressionOf(property: string, column: string): string {
  if (property.endsWith('At')) return isoTime(column)
  // bigint comes as text from the driver; a file's size fits a double.
  return property === 'fileBytes' ? `${column}::float8` : column
}
