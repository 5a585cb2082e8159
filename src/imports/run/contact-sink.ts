/** The sink that imports: rows become contacts and row issues in PostgreSQL, batch by batch. */
import type { Reading } from '../../contracts/import.ts'
import { firstBatchRowsMax, slowTriesMax } from '../../limits.ts'
import type { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow, RowMapper } from '../../mapping/to-contact.ts'
import { BatchWriter, type SlowBatchError } from '../../storage/imports/batch-writer.ts'
import type { ClaimedImport } from '../../storage/imports/claimed-import.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import type { Fault } from '../file-fault.ts'
import { BatchBuilder } from './batch-builder.ts'
import { BatchLine } from './batch-line.ts'
import { BatchPace } from './batch-pace.ts'
import { BatchSize } from './batch-size.ts'
import { fieldColumns } from './field-columns.ts'
import { nextReading } from './reading-version.ts'
import type { RowSink } from './row-sink.ts'
import type { RunSession } from './run-sessions.ts'
import { standBack } from './thread-priority.ts'

export interface ContactSinkOptions {
  /** The caller closes them. */
  readonly sessions: readonly RunSession[]
  readonly claim: Claim
  readonly fields: RowMapper['fields']
  readonly row: Pick<ClaimedImport, 'nextRow' | 'batchRows' | 'readings'>
  readonly leaseMs: number
  readonly batchRowsMax: number
}

export class ContactSink implements RowSink {
  readonly #writers: readonly BatchWriter[]
  readonly #builder: BatchBuilder
  readonly #line: BatchLine
  readonly #size: BatchSize
  readonly #pace = new BatchPace()
  /** The run's first batch records it. */
  #reading: Reading | undefined
  #isFirst = true

  constructor({ sessions, claim, row, fields, leaseMs, batchRowsMax }: ContactSinkOptions) {
    const columns = fieldColumns(fields)
    this.#writers = sessions.map(
      session => new BatchWriter({ ...session, claim, leaseMs, columns }),
    )
    this.#builder = new BatchBuilder(row.nextRow)
    this.#reading = nextReading(row.readings, row.nextRow)
    this.#size = new BatchSize({
      firstRows: row.batchRows ?? firstBatchRowsMax,
      rowsMax: batchRowsMax,
      leaseMs,
    })
    this.#line = new BatchLine(this.#writers, (rows, ms) => this.#size.note(rows, ms))
  }

  get findings(): FindingsTally {
    return this.#builder.findings
  }

  add(rowNumber: number, mapped: MappedRow): void {
    this.#builder.add(rowNumber, mapped)
  }

  get isFull(): boolean {
    return this.#builder.holds(this.#size.rows)
  }

  ready(): Promise<void> {
    return this.#line.ready()
  }

  send(endRow?: number): void {
    // People wait for the first batch of an import, so its rows are read at full priority; after it this thread stands back.
    if (this.#isFirst && endRow === undefined) standBack()
    this.#isFirst = false
    const batch = this.#builder.take(endRow)
    const { rowsPerSecond, progress } = this.#pace.next(batch.nextRow)
    this.#line.send({
      ...batch,
      ...(this.#reading && { reading: this.#reading }),
      rowsPerSecond,
      // After the last batch the event `completed` follows at once.
      progress: progress && endRow === undefined,
      completes: endRow !== undefined,
    })
    this.#reading = undefined
  }

  settle(): Promise<void> {
    return this.#line.settle()
  }

  /** Waits for the batches under way first: the session that writes the failure must be free. */
  async fail({ code, data }: Fault): Promise<void> {
    await this.#line.rest()
    await this.#writers[0]!.fail(code, data)
  }

  async slowDown({ rows }: SlowBatchError): Promise<boolean> {
    await this.#line.rest()
    return (await this.#writers[0]!.noteSlowBatch(rows)) < slowTriesMax
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#line.rest()
  }
}
