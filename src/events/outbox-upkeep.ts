/** Ends the retention of old events, a bounded number at a time. */
import type { Logger } from 'pino'
import { outboxUpkeepMs } from '../limits.ts'
import { type Retention, removeOldEvents } from '../storage/outbox/unpublished-events.ts'
import type { Orm } from '../storage/postgres/orm.ts'

export interface UpkeepOptions {
  readonly orm: Orm
  readonly retention: Retention
  /** asked before each step, so that one process at a time does it */
  readonly mayRun: () => boolean
  readonly log: Logger
}

/** Removes on a timer what is older than `retention`, until stopped. */
export class OutboxUpkeep {
  readonly #options: UpkeepOptions
  readonly #timer: NodeJS.Timeout
  #running: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(options: UpkeepOptions) {
    this.#options = options
    this.#timer = setInterval(() => {
      this.#running = this.#running.then(() => this.#removeAll())
    }, outboxUpkeepMs)
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#timer)
    await this.#running
  }

  async #removeAll(): Promise<void> {
    const { orm, retention, mayRun, log } = this.#options
    try {
      while (!this.#stopped && mayRun()) {
        if ((await removeOldEvents(orm, retention)) === 0) return
      }
    } catch (error) {
      log.warn({ err: error }, 'old events could not be removed; it is tried again')
    }
  }
}
