/** Marks events in the outbox as published. Marks that arrive while one statement runs go into the next statement. */

import { markPublished, type WaitingEvent } from '../storage/outbox/unpublished-events.ts'
import type { Orm } from '../storage/postgres/orm.ts'

interface Mark {
  readonly events: readonly WaitingEvent[]
  readonly done: PromiseWithResolvers<void>
}

export class PublicationMarks {
  readonly #orm: Orm
  #next: Mark[] = []
  #writing = false

  constructor(orm: Orm) {
    this.#orm = orm
  }

  /** Resolves when the events are marked; rejects when the statement failed. */
  add(events: readonly WaitingEvent[]): Promise<void> {
    const done = Promise.withResolvers<void>()
    this.#next.push({ events, done })
    if (!this.#writing) void this.#writeAll()
    return done.promise
  }

  async #writeAll(): Promise<void> {
    this.#writing = true
    while (this.#next.length > 0) {
      const marks = this.#next
      this.#next = []
      try {
        await markPublished(
          this.#orm,
          marks.flatMap(({ events }) => events),
        )
        for (const { done } of marks) done.resolve()
      } catch (error) {
        for (const { done } of marks) done.reject(error)
      }
    }
    this.#writing = false
  }
}
