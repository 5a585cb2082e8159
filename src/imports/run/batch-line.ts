/**
 * The batches of one run on their way into PostgreSQL. Each session writes one batch at a time, several sessions write
 * side by side, and every batch commits after the one before it. Callers await `rest` before they use a session for
 * anything else.
 */
import type { Batch, FencedWriter } from '../../storage/imports/fenced-writer.ts'

/** Called after each batch with the number of its rows and the milliseconds that PostgreSQL took for them. */
export type OnWritten = (rows: number, ms: number) => void

export class BatchLine {
  readonly #writers: readonly Pick<FencedWriter, 'write'>[]
  readonly #onWritten: OnWritten
  readonly #underWay: Promise<void>[] = []
  /** resolves when the newest batch is committed; the next batch waits for it */
  #committed: Promise<void> = Promise.resolve()
  #sent = 0

  constructor(writers: readonly Pick<FencedWriter, 'write'>[], onWritten: OnWritten) {
    this.#writers = writers
    this.#onWritten = onWritten
  }

  /** Waits until a session is free; rejects when its last batch could not be written. */
  async ready(): Promise<void> {
    if (this.#underWay.length < this.#writers.length) return
    await this.#underWay.shift()
  }

  /** Begins to write the next batch; callers await `ready` first. */
  send(batch: Batch): void {
    const writer = this.#writers[this.#sent % this.#writers.length]!
    this.#sent += 1
    this.#committed = writer
      .write(batch, this.#committed)
      .then(ms => this.#onWritten(batch.created + batch.rejected, ms))
    // `ready` or `settle` reports its failure later; until then it must not count as an unhandled rejection.
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
