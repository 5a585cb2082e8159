/** The columns of `imports` that a snapshot, an event or a worker needs, for plain SQL. */
import type { ImportEntity } from './entities/import.ts'

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

export type ImportRow = Pick<ImportEntity, (typeof properties)[number]>

/** A select or returning list whose rows have the shape of `ImportRow`. */
export const importColumns = properties.map(columnOf).join(', ')

function columnOf(property: string): string {
  const column = property.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
  // bigint comes as text from the driver; a file's size fits a double.
  const cast = property === 'fileBytes' ? '::float8' : ''
  return `${column}${cast} as "${property}"`
}
