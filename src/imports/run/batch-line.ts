/**
 * The batches of one import on their way into PostgreSQL: each session writes one at a time, several sessions
 * side by side, and every batch commits after the one before it. Before anything else is said on a session,
 * the line is at rest.
 */
import type { Batch, BatchWriter } from '../../storage/imports/batch-writer.ts'

/** Told how many rows of a batch were written, and how long PostgreSQL took for them. */
export type OnWritten = (rows: number, ms: number) => void

export class BatchLine {
  readonly #writers: readonly BatchWriter[]
  readonly #onWritten: OnWritten
  readonly #underWay: Promise<void>[] = []
  /** of the newest batch; each batch waits for the one before it */
  #committed: Promise<void> = Promise.resolve()
  #sent = 0

  constructor(writers: readonly BatchWriter[], onWritten: OnWritten) {
    this.#writers = writers
    this.#onWritten = onWritten
  }

  /** Waits until a session is free; rejects when its last batch could not be written. */
  async ready(): Promise<void> {
    if (this.#underWay.length < this.#writers.length) return
    await this.#underWay.shift()
  }

  /** Begins to write the next batch; `ready` comes first. */
  send(batch: Batch): void {
    const writer = this.#writers[this.#sent % this.#writers.length]!
    this.#sent += 1
    this.#committed = writer
      .write(batch, this.#committed)
      .then(ms => this.#onWritten(batch.created + batch.rejected, ms))
    // Its failure is met when it is waited for; until then it must not count as unhandled.
    this.#committed.catch(() => {})
    this.#underWay.push(this.#committed)
  }

  /** Waits for all batches; rejects when one could not be written. */
  async settle(): Promise<void> {
    await this.#committed
  }

  /** Waits until no batch is under way, whether those were committed or not. */
  async rest(): Promise<void> {
    await Promise.allSettled(this.#underWay)
  }
}
