/**
 * Publishes the outbox to the broker. Of all processes one leads and publishes. Each import is a lane: the relay sends its
 * events in order, one at a time. Lanes run side by side, and none waits for another.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import { publishRetryMs, publishRetryMsMax, relayImportsMax, relayPollMs } from '../limits.ts'
import { eventChannel } from '../storage/outbox/outbox.ts'
import { readWaitingEvents, type WaitingEvent } from '../storage/outbox/unpublished-events.ts'
import { type Leadership, seekLeadership } from '../storage/postgres/leadership.ts'
import type { Notifications } from '../storage/postgres/notifications.ts'
import type { Orm } from '../storage/postgres/orm.ts'
import { EventPublisher, type PublisherCounts } from './event-publisher.ts'
import { Broker, type BrokerState } from './nats.ts'
import { BrokerAwayError } from './nats-faults.ts'

export interface RelayOptions {
  readonly orm: Orm
  readonly databaseUrl: string
  readonly notifications: Notifications
  readonly natsUrl: string
  readonly config: Pick<Config, 'eventStream'> & Partial<Pick<Config, 'brokerIdentity'>>
  readonly log: Logger
}

/** The state of the relay of this process; counts begin at the start of the process. */
export interface RelayState extends BrokerState, PublisherCounts {
  readonly leading: boolean
  /** publications that failed; the relay tries each again */
  readonly publishFaults: number
}

export interface Relay {
  state(): RelayState
  /** Waits for the acknowledgements that are due, then lets another process lead. */
  stop(): Promise<void>
}

/** Any constant that no other lock of the service uses. */
const relayLock = 7_301_003

/** Starts the relay of this process. It publishes once it leads and the broker is ready. */
export function startRelay(options: RelayOptions): Relay {
  return new OutboxRelay(options)
}

class OutboxRelay implements Relay {
  readonly #options: RelayOptions
  readonly #leadership: Leadership
  readonly #broker: Broker
  readonly #publisher: EventPublisher
  readonly #unsubscribe: () => void
  readonly #pumping: Promise<void>
  /** imports whose events are being published, or rest after a fault; no second lane is opened for them */
  readonly #lanes = new Map<string, Promise<void>>()
  /** for each of these imports, how often in a row publishing failed */
  readonly #failures = new Map<string, number>()
  readonly #stopping = new AbortController()
  #working = 0
  #publishFaults = 0
  #woken = false
  #wakeUp = () => {}

  constructor(options: RelayOptions) {
    const { orm, databaseUrl, natsUrl, config, log } = options
    const wake = () => this.#wake()
    this.#options = options
    this.#broker = new Broker({
      natsUrl,
      identity: config.brokerIdentity,
      stream: config.eventStream,
      log,
      onReady: wake,
    })
    this.#publisher = new EventPublisher({
      orm,
      log,
      broker: this.#broker,
      mayPublish: () => this.#mayPublish(),
    })
    this.#leadership = seekLeadership({
      databaseUrl,
      lock: relayLock,
      applicationName: 'contact-import relay',
      onChange: leading => this.#onLeadership(leading),
    })
    this.#unsubscribe = options.notifications.on(eventChannel, wake)
    this.#pumping = this.#pump()
  }

  state(): RelayState {
    return {
      leading: this.#leadership.held(),
      publishFaults: this.#publishFaults,
      ...this.#broker.state(),
      ...this.#publisher.counts(),
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#unsubscribe()
    this.#wake()
    await this.#pumping
    await Promise.all(this.#lanes.values())
    await this.#broker.close()
    await this.#leadership.close()
  }

  #onLeadership(leading: boolean): void {
    this.#options.log.info(leading ? 'this process relays events' : 'this process relays no events')
    this.#publisher.forget()
    this.#wake()
  }

  #wake(): void {
    this.#woken = true
    this.#wakeUp()
  }

  #mayPublish(): boolean {
    return !this.#stopping.signal.aborted && this.#broker.ready && this.#leadership.held()
  }

  async #pump(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#woken = false
      try {
        if (this.#mayPublish()) await this.#openLanes()
      } catch (error) {
        this.#options.log.warn({ err: error }, 'the outbox could not be read; it is tried again')
      }
      if (!this.#woken) await this.#untilWoken()
    }
  }

  async #untilWoken(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>()
    const timer = setTimeout(resolve, relayPollMs)
    this.#wakeUp = resolve
    await promise
    clearTimeout(timer)
  }

  async #openLanes(): Promise<void> {
    const room = relayImportsMax - this.#working
    if (room === 0) return
    const except = [...this.#lanes.keys()]
    const waiting = await readWaitingEvents(this.#options.orm, { imports: room, except })
    for (const events of waiting) {
      const { importId } = events[0]!
      this.#lanes.set(importId, this.#runLane(importId, events))
    }
  }

  async #runLane(importId: string, events: readonly WaitingEvent[]): Promise<void> {
    this.#working += 1
    const fault = await this.#publisher.publishAll(events).then(
      () => undefined,
      error => error as Error,
    )
    this.#working -= 1
    if (fault === undefined) this.#failures.delete(importId)
    else if (!(fault instanceof BrokerAwayError)) await this.#rest(importId, fault)
    this.#lanes.delete(importId)
    this.#wake()
  }

  /** Keeps an import from publishing for a while after a fault, longer each time, so that others get its place. */
  async #rest(importId: string, fault: Error): Promise<void> {
    const failures = (this.#failures.get(importId) ?? 0) + 1
    this.#failures.set(importId, failures)
    this.#publishFaults += 1
    if (failures === 1) {
      this.#options.log.warn(
        { importId, err: fault },
        'an event was not published; it is tried again',
      )
    }
    // Its place is free for another import at once.
    this.#wake()
    const ms = Math.min(publishRetryMs * 2 ** (failures - 1), publishRetryMsMax)
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => {})
  }
}
