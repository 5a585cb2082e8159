/** The sink that imports: rows become contacts and row issues in PostgreSQL, batch by batch. */
import type pg from 'pg'
import type { MappedRow, RowMapper } from '../../mapping/to-contact.ts'
import { BatchWriter } from '../../storage/imports/batch-writer.ts'
import type { Claim } from '../../storage/imports/queue.ts'
import type { Fault } from '../file-fault.ts'
import { BatchBuilder } from './batch-builder.ts'
import { BatchLine } from './batch-line.ts'
import { BatchPace } from './batch-pace.ts'
import type { RowSink } from './row-sink.ts'
import { standBack } from './thread-priority.ts'

export interface ContactSinkOptions {
  /** Sessions that write side by side; each stays the caller's to close. */
  readonly clients: readonly pg.Client[]
  readonly claim: Claim
  readonly fields: RowMapper['fields']
  /** the first row that was not imported yet */
  readonly fromRow: number
  readonly leaseMs: number
  readonly batchRowsMax: number
}

export class ContactSink implements RowSink {
  readonly #writers: readonly BatchWriter[]
  readonly #builder: BatchBuilder
  readonly #line: BatchLine
  readonly #pace = new BatchPace()

  constructor({ clients, claim, fields, fromRow, leaseMs, batchRowsMax }: ContactSinkOptions) {
    const columns = fields.map(({ column, kind }) => ({
      column,
      type: kind === 'date' ? ('date' as const) : ('text' as const),
    }))
    this.#writers = clients.map(client => new BatchWriter({ client, claim, leaseMs, columns }))
    this.#builder = new BatchBuilder({ fromRow, rowsMax: batchRowsMax })
    this.#line = new BatchLine(this.#writers)
  }

  async open(): Promise<void> {
    for (const writer of this.#writers) await writer.open()
  }

  add(rowNumber: number, mapped: MappedRow): void {
    this.#builder.add(rowNumber, mapped)
  }

  get isFull(): boolean {
    return this.#builder.isFull
  }

  ready(): Promise<void> {
    return this.#line.ready()
  }

  send(endRow?: number): void {
    // People wait for the first batch of an import: its rows are read before requests are answered.
    if (this.#builder.isFirst) standBack()
    const batch = this.#builder.take(endRow)
    this.#line.send({ ...batch, ...this.#pace.next(batch.nextRow) })
  }

  settle(): Promise<void> {
    return this.#line.settle()
  }

  async complete(): Promise<void> {
    await this.#writers[0]!.complete()
  }

  /** The batches in hand are settled first: the session that says so must be free. */
  async fail({ code, data }: Fault): Promise<void> {
    await this.#line.rest()
    await this.#writers[0]!.fail(code, data)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#line.rest()
  }
}
