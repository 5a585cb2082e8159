/** A sink that collects rows into batches and has PostgreSQL keep them, batch by batch: what they become, its writers say. */
import type { Reading } from '../../contracts/import.ts'
import { firstBatchRowsMax, slowTriesMax } from '../../limits.ts'
import type { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow } from '../../mapping/to-contact.ts'
import type { FencedWriter, SlowBatchError } from '../../storage/imports/fenced-writer.ts'
import type { Fault } from '../file-fault.ts'
import type { BatchBuilder } from './batch-builder.ts'
import { BatchLine } from './batch-line.ts'
import { BatchPace } from './batch-pace.ts'
import { BatchSize } from './batch-size.ts'
import type { RowSink } from './row-sink.ts'
import { standBack } from './thread-priority.ts'

export interface BatchSinkOptions {
  /** They write side by side, each on a session of its own. */
  readonly writers: readonly FencedWriter[]
  readonly builder: BatchBuilder
  /** rows of the first batch; null: no run has told yet how many PostgreSQL takes */
  readonly batchRows: number | null | undefined
  readonly batchRowsMax: number
  readonly leaseMs: number
  /** recorded with the first batch */
  readonly reading?: Reading | undefined
}

export class BatchSink implements RowSink {
  readonly #writers: readonly FencedWriter[]
  readonly #builder: BatchBuilder
  readonly #line: BatchLine
  readonly #size: BatchSize
  readonly #pace = new BatchPace()
  #reading: Reading | undefined
  #isFirst = true

  constructor(options: BatchSinkOptions) {
    const { writers, builder, batchRows, batchRowsMax, leaseMs, reading } = options
    this.#writers = writers
    this.#builder = builder
    this.#reading = reading
    this.#size = new BatchSize({
      firstRows: batchRows ?? firstBatchRowsMax,
      rowsMax: batchRowsMax,
      leaseMs,
    })
    this.#line = new BatchLine(writers, (rows, ms) => this.#size.note(rows, ms))
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
    // People wait for the first batch of a run, so its rows are read at full priority; after it this thread stands back.
    if (this.#isFirst && endRow === undefined) standBack()
    this.#isFirst = false
    const batch = this.#builder.take(endRow)
    const { rowsPerSecond, progress } = this.#pace.next(batch.nextRow)
    this.#line.send({
      ...batch,
      ...(this.#reading && { reading: this.#reading }),
      rowsPerSecond,
      // After the last batch the event of the end follows at once.
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
