/**
 * Publishes the events of an import in order, each once: it sends the next event only after the broker has acknowledged
 * the last one. Before it sends an event that the broker may have taken already, it looks for it in the stream.
 */
import type { Logger } from 'pino'
import { sureImportsMax } from '../limits.ts'
import { toImportEvent } from '../storage/outbox/outbox.ts'
import { parkEvent, type WaitingEvent } from '../storage/outbox/unpublished-events.ts'
import type { Orm } from '../storage/postgres/orm.ts'
import type { Broker } from './nats.ts'
import { EventRefusedError } from './nats-faults.ts'
import { PublicationMarks } from './publication-marks.ts'

export interface PublisherOptions {
  readonly orm: Orm
  readonly broker: Broker
  readonly log: Logger
  /** whether this process may publish now; called before each event */
  readonly mayPublish: () => boolean
}

export interface PublisherCounts {
  readonly published: number
  /** events that the broker had already */
  readonly duplicates: number
  readonly parked: number
}

export class EventPublisher {
  readonly #options: PublisherOptions
  readonly #marks: PublicationMarks
  /** imports whose waiting events cannot have been sent before */
  #sure = new Set<string>()
  readonly #counts = { published: 0, duplicates: 0, parked: 0 }

  constructor(options: PublisherOptions) {
    this.#options = options
    this.#marks = new PublicationMarks(options.orm)
  }

  counts(): PublisherCounts {
    return this.#counts
  }

  /**
   * Forgets which imports are sure, because another process may have led meanwhile. Publications under way keep the set
   * that they began with.
   */
  forget(): void {
    this.#sure = new Set()
  }

  /**
   * Publishes `events`, the first waiting ones of one import. Stops early when this process must not publish any more,
   * and throws when an event could not be published. In both cases the published ones are marked in the outbox.
   */
  async publishAll(events: readonly WaitingEvent[]): Promise<void> {
    const { importId } = events[0]!
    const sure = this.#sure
    const published: WaitingEvent[] = []
    try {
      try {
        for (const event of events) {
          if (!this.#options.mayPublish()) break
          if (await this.#publish(event, sure)) published.push(event)
        }
      } finally {
        if (published.length > 0) await this.#marks.add(published)
      }
    } catch (error) {
      sure.delete(importId)
      throw error
    }
  }

  /** Publishes the event; false when the broker refused it, so that it was parked. */
  async #publish(event: WaitingEvent, sure: Set<string>): Promise<boolean> {
    const { broker } = this.#options
    const message = toImportEvent(event)
    const mayBeStored = !event.again && !sure.has(event.importId)
    if (mayBeStored && (await broker.isStored(message))) {
      this.#counts.duplicates += 1
      return true
    }
    try {
      const { duplicate } = await broker.publish(message)
      if (duplicate) this.#counts.duplicates += 1
      else this.#counts.published += 1
    } catch (error) {
      if (!(error instanceof EventRefusedError)) throw error
      await this.#park(event, error)
      return false
    }
    if (sure.size >= sureImportsMax) sure.clear()
    sure.add(event.importId)
    return true
  }

  async #park(event: WaitingEvent, { message }: EventRefusedError): Promise<void> {
    const { importId, seq } = event
    await parkEvent(this.#options.orm, event, message)
    this.#counts.parked += 1
    this.#options.log.error(
      { importId, seq, event: event.event, reason: message },
      'the broker refuses an event for good; it is parked, and the next events go on',
    )
  }
}
