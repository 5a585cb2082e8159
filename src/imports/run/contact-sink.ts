/** The sink that imports: rows become contacts and row issues in PostgreSQL, batch by batch. */
import type { RowMapper } from '../../mapping/to-contact.ts'
import { BatchWriter } from '../../storage/imports/batch-writer.ts'
import type { ClaimedImport } from '../../storage/imports/claimed-import.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import { BatchBuilder } from './batch-builder.ts'
import { BatchSink } from './batch-sink.ts'
import { fieldColumns } from './field-columns.ts'
import { nextReading } from './reading-version.ts'
import type { RowSink } from './row-sink.ts'
import type { RunSession } from './run-sessions.ts'

export interface ContactSinkOptions {
  /** The caller closes them. */
  readonly sessions: readonly RunSession[]
  readonly claim: Claim
  readonly mapper: Pick<RowMapper, 'fields'>
  readonly row: Pick<ClaimedImport, 'nextRow' | 'batchRows' | 'readings'>
  readonly leaseMs: number
  readonly batchRowsMax: number
}

export function createContactSink(options: ContactSinkOptions): RowSink {
  const { sessions, claim, row, mapper, leaseMs, batchRowsMax } = options
  const columns = fieldColumns(mapper.fields)
  return new BatchSink({
    writers: sessions.map(session => new BatchWriter({ ...session, claim, leaseMs, columns })),
    builder: new BatchBuilder(row.nextRow),
    batchRows: row.batchRows,
    batchRowsMax,
    leaseMs,
    reading: nextReading(row.readings, row.nextRow),
  })
}
