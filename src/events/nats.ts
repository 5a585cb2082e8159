/**
 * The broker as the relay sees it. This file keeps a connection open, sets the stream up and publishes events one by one.
 * When something is missing (the connection, JetStream, permissions), it logs that once, counts it and tries again.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream'
import { headers, type NatsConnection } from '@nats-io/transport-node'
import type { Logger } from 'pino'
import type { BrokerIdentity, EventStreamConfig } from '../config.ts'
import type { ImportEvent } from '../contracts/events.ts'
import { brokerRetryMs, eventHeaderBytesMax, publishMs, streamRetryMs } from '../limits.ts'
import { connectNats } from './connect-nats.ts'
import { ensureStream, streamName, subjectOf } from './event-stream.ts'
import {
  BrokerAwayError,
  EventRefusedError,
  isForbidden,
  isTooLarge,
  isUnheard,
} from './nats-faults.ts'

export interface BrokerOptions {
  readonly natsUrl: string
  readonly identity?: BrokerIdentity
  readonly stream: EventStreamConfig
  readonly log: Logger
  /** called when the broker can take events: at first, and again after each interruption */
  readonly onReady: () => void
}

export interface BrokerState {
  readonly connected: boolean
  readonly streamReady: boolean
  /** how often the service could not set the stream up as configured */
  readonly streamFaults: number
}

/** The connection between two interruptions. */
interface Link {
  readonly connection: NatsConnection
  readonly manager: JetStreamManager
  readonly gone: AbortController
  /** ends each wait for an answer */
  readonly giveUps: Set<(error: Error) => void>
}

export class Broker {
  readonly #options: BrokerOptions
  readonly #closing = new AbortController()
  readonly #running: Promise<void>
  #link: Link | undefined
  #streamReady = false
  #streamFaults = 0
  #settingUp: Promise<void> = Promise.resolve()
  #lastComplaint = ''

  constructor(options: BrokerOptions) {
    this.#options = options
    this.#running = this.#run()
  }

  get ready(): boolean {
    return this.#streamReady
  }

  state(): BrokerState {
    return {
      connected: this.#link !== undefined,
      streamReady: this.#streamReady,
      streamFaults: this.#streamFaults,
    }
  }

  /**
   * Resolves when the stream has the event; `duplicate` says that it had the event before. Throws `EventRefusedError` when
   * the broker will never take the event. After every other error the caller tries the same event again: the broker may
   * have stored it or not.
   */
  async publish(event: ImportEvent): Promise<{ readonly duplicate: boolean }> {
    const link = this.#readyLink()
    const payload = Buffer.from(JSON.stringify(event))
    const bytesMax = link.connection.info!.max_payload - eventHeaderBytesMax
    if (payload.length > bytesMax) {
      throw new EventRefusedError(`${payload.length} bytes, the broker takes ${bytesMax}`)
    }
    const head = headers()
    head.set('Content-Type', 'application/cloudevents+json; charset=utf-8')
    const options = { msgID: event.id, expect: { streamName }, headers: head, timeout: publishMs }
    const sending = link.manager.jetstream().publish(subjectOf(event), payload, options)
    try {
      return await whileOpen(link, sending)
    } catch (error) {
      if (isTooLarge(error)) throw new EventRefusedError((error as Error).message)
      if (isUnheard(error)) this.#missStream(link)
      throw error
    }
  }

  /**
   * Whether the stream has the event. It asks the stream itself, because the broker remembers message ids only for the
   * duplicate window. It relies on the order of an import's events: the stream has all events before its last one. Gives
   * false, too, when the broker does not permit the service to read the stream.
   */
  async isStored(event: ImportEvent): Promise<boolean> {
    const link = this.#readyLink()
    const query = { last_by_subj: subjectOf(event) }
    try {
      const last = await whileOpen(link, link.manager.streams.getMessage(streamName, query))
      return seqOf(last?.header.get('Nats-Msg-Id') ?? '') >= seqOf(event.id)
    } catch (error) {
      if (isForbidden(error)) return false
      if (isUnheard(error)) this.#missStream(link)
      throw error
    }
  }

  async close(): Promise<void> {
    this.#closing.abort()
    this.#unlink()
    await this.#running
    await this.#settingUp
  }

  async #run(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      try {
        const { natsUrl, identity } = this.#options
        await this.#serve(await connectNats(natsUrl, 'contact-import relay', identity))
      } catch (error) {
        this.#complain('the broker cannot be reached; events wait in the outbox', error)
        await pause(brokerRetryMs, this.#closing.signal)
      }
    }
  }

  /** Uses the connection until this class or the broker closes it for good. */
  async #serve(connection: NatsConnection): Promise<void> {
    const { signal } = this.#closing
    if (signal.aborted) return connection.close()
    const close = () => void connection.close()
    signal.addEventListener('abort', close, { once: true })
    // Watching begins first: on a connection that has closed before, the loop over its statuses would never end.
    const watching = this.#watch(connection)
    await this.#linkTo(connection)
    const fault = await connection.closed()
    await watching
    signal.removeEventListener('abort', close)
    this.#unlink()
    if (fault) throw fault
  }

  /** Follows the connection. The NATS client reconnects by itself, but loses the requests that it had sent before. */
  async #watch(connection: NatsConnection): Promise<void> {
    for await (const status of connection.status()) {
      if (status.type === 'reconnect') await this.#linkTo(connection)
      if (status.type === 'disconnect') {
        this.#unlink()
        this.#complain('the connection to the broker is interrupted; events wait in the outbox')
      }
    }
  }

  async #linkTo(connection: NatsConnection): Promise<void> {
    this.#unlink()
    const manager = await jetstreamManager(connection, { checkAPI: false, timeout: publishMs })
    if (connection.isClosed()) return
    const link = {
      connection,
      manager,
      gone: new AbortController(),
      giveUps: new Set<() => void>(),
    }
    this.#link = link
    this.#settingUp = this.#setUpStream(link)
  }

  #unlink(): void {
    const link = this.#link
    this.#link = undefined
    this.#streamReady = false
    link?.gone.abort()
    for (const giveUp of link?.giveUps ?? []) giveUp(new BrokerAwayError())
  }

  #missStream(link: Link): void {
    if (link !== this.#link || !this.#streamReady) return
    this.#streamReady = false
    this.#settingUp = this.#setUpStream(link, true)
  }

  async #setUpStream(link: Link, wasMissed = false): Promise<void> {
    while (link === this.#link && !this.#streamReady) {
      try {
        const outcome = await whileOpen(link, ensureStream(link.manager, this.#options.stream))
        if (outcome.did === 'kept') this.#countFault(keptText, outcome.reason)
        this.#beReady(link, outcome.did)
        return
      } catch (error) {
        if (error instanceof BrokerAwayError) return
        this.#countFault(isForbidden(error) ? forbiddenText : missingText, error)
        // The broker may permit publishing without permitting stream management. After a publication that no stream
        // took (`wasMissed`) this waits first.
        const mayPublish = isForbidden(error)
        if (!mayPublish || wasMissed) await pause(streamRetryMs, link.gone.signal)
        if (mayPublish) this.#beReady(link, 'nothing')
      }
    }
  }

  #beReady(link: Link, did: string): void {
    if (link !== this.#link) return
    this.#streamReady = true
    this.#options.log.info({ stream: streamName, did }, 'events go to the broker')
    this.#options.onReady()
  }

  #readyLink(): Link {
    if (!this.#link || !this.#streamReady) throw new BrokerAwayError()
    return this.#link
  }

  #countFault(text: string, reason: unknown): void {
    this.#streamFaults += 1
    this.#complain(text, reason)
  }

  /** Logs a complaint, but not the same one twice in a row. */
  #complain(text: string, reason?: unknown): void {
    const complaint = `${text}: ${reason instanceof Error ? reason.message : (reason ?? '')}`
    if (complaint === this.#lastComplaint || this.#closing.signal.aborted) return
    this.#lastComplaint = complaint
    const told = reason instanceof Error ? { err: reason } : { reason }
    this.#options.log.warn({ stream: streamName, ...(reason !== undefined && told) }, text)
  }
}

/** Waits for an answer. Rejects with `BrokerAwayError` as soon as the link is interrupted. */
async function whileOpen<T>(link: Link, answer: Promise<T>): Promise<T> {
  const { promise: away, reject } = Promise.withResolvers<never>()
  link.giveUps.add(reject)
  try {
    return await Promise.race([answer, away])
  } finally {
    link.giveUps.delete(reject)
  }
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => {})
}

const keptText = 'the broker refuses to change the stream, which is used as it is'
const forbiddenText =
  'the service may not look after the stream at the broker; it publishes to it as it is'
const missingText =
  'the broker has no stream for events and none could be made: is JetStream enabled? Events wait'

function seqOf(eventId: string): number {
  return Number(eventId.split(':')[1] ?? 0)
}
