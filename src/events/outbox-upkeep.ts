/**
 * Removes events whose retention has ended, a bounded number at a time. Every worker process runs this upkeep, with a
 * broker and without one. Processes that run it at the same time remove different events.
 */
import type { Logger } from 'pino'
import { outboxUpkeepMs } from '../limits.ts'
import { type Retention, removeOldEvents } from '../storage/outbox/unpublished-events.ts'
import type { Orm } from '../storage/postgres/orm.ts'

export interface UpkeepOptions {
  readonly orm: Orm
  readonly retention: Retention
  readonly log: Logger
}

export interface Upkeep {
  /** Ends after the step in hand. */
  stop(): Promise<void>
}

/** Removes events older than `retention`, at once and then on a timer, until stopped. */
export function startOutboxUpkeep({ orm, retention, log }: UpkeepOptions): Upkeep {
  const stopping = new AbortController()

  async function removeAll(): Promise<void> {
    try {
      while (!stopping.signal.aborted) {
        if ((await removeOldEvents(orm, retention)) === 0) return
      }
    } catch (error) {
      log.warn({ err: error }, 'old events could not be removed; it is tried again')
    }
  }

  let running = removeAll()
  const timer = setInterval(() => {
    running = running.then(removeAll)
  }, outboxUpkeepMs)
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await running
    },
  }
}
