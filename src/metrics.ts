/** What operators watch, in the text format of Prometheus: counts of the service, never anybody's data. */
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { Metrics } from './contracts/services.ts'
import type { Relay } from './events/outbox-relay.ts'
import { backlogCountMax, queueCountMax } from './limits.ts'
import { measureQueue, measureValidations } from './storage/imports/queue.ts'
import { type Backlog, measureBacklog } from './storage/outbox/backlog.ts'
import type { Orm } from './storage/postgres/orm.ts'

export interface MetricSources {
  readonly orm: Orm
  /** absent where this process relays no events */
  readonly relay?: Pick<Relay, 'state'>
}

/** Without PostgreSQL the rest is still told: what is not known is NaN, not nothing and not 0. */
const unknownQueue = { queued: Number.NaN, running: Number.NaN, deleting: Number.NaN }
const unknownValidations = { queued: Number.NaN, running: Number.NaN }
const unknownBacklog: Backlog = {
  waiting: Number.NaN,
  parked: Number.NaN,
  oldestWaitingSeconds: Number.NaN,
}

/** The metrics of one process. Each reading asks its sources anew. */
export function createMetrics({ orm, relay }: MetricSources): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  describeQueue(registry, orm)
  describeBacklog(registry, orm)
  if (relay) describeRelay(registry, relay)
  return {
    async read() {
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

function describeQueue(registry: Registry, orm: Orm): void {
  new Gauge({
    name: 'contact_import_imports',
    help: `Imports by the states in which something is left to do, in all processes; ${queueCountMax} are that many or more.`,
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      const counts = await measureQueue(orm).catch(() => unknownQueue)
      for (const [status, imports] of Object.entries(counts)) this.set({ status }, imports)
    },
  })
  new Gauge({
    name: 'contact_import_validations',
    help: `Validations by the states in which something is left to do, in all processes; ${queueCountMax} are that many or more.`,
    labelNames: ['status'],
    registers: [registry],
    async collect() {
      const counts = await measureValidations(orm).catch(() => unknownValidations)
      for (const [status, validations] of Object.entries(counts)) this.set({ status }, validations)
    },
  })
}

function describeBacklog(registry: Registry, orm: Orm): void {
  let measuring: Promise<Backlog> | undefined
  // All gauges of one answer are collected at once: they share one look at the outbox.
  const measure = (): Promise<Backlog> => {
    measuring ??= measureBacklog(orm)
      .catch(() => unknownBacklog)
      .finally(() => {
        measuring = undefined
      })
    return measuring
  }
  for (const [key, { name, help }] of Object.entries(backlogGauges)) {
    new Gauge({
      name: `contact_import_events_${name}`,
      help,
      registers: [registry],
      async collect() {
        this.set((await measure())[key as keyof typeof backlogGauges])
      },
    })
  }
}

const backlogGauges = {
  waiting: {
    name: 'waiting',
    help: `Events that wait for the broker; ${backlogCountMax} are that many or more.`,
  },
  oldestWaitingSeconds: {
    name: 'waiting_seconds',
    help: 'Age of the oldest event that waits for the broker.',
  },
  parked: {
    name: 'parked',
    help: `Events that the broker refused for good; ${backlogCountMax} are that many or more.`,
  },
} as const

const relayGauges = {
  leading: 'Whether this process relays the events of all.',
  connected: 'Whether the broker is reached.',
  streamReady: 'Whether the stream is there as configured.',
} as const

const relayCounters = {
  streamFaults: 'Times that the stream could not be set up as configured.',
  published: 'Events published by this process.',
  duplicates: 'Events that the broker had already.',
  publishFaults: 'Publications that failed, to be tried again.',
} as const

function describeRelay(registry: Registry, relay: Pick<Relay, 'state'>): void {
  for (const [key, help] of Object.entries(relayGauges)) {
    const field = key as keyof typeof relayGauges
    new Gauge({
      name: `contact_import_relay_${snakeCase(key)}`,
      help,
      registers: [registry],
      collect() {
        this.set(Number(relay.state()[field]))
      },
    })
  }
  for (const [key, help] of Object.entries(relayCounters)) {
    const field = key as keyof typeof relayCounters
    new Counter({
      name: `contact_import_relay_${snakeCase(key)}_total`,
      help,
      registers: [registry],
      collect() {
        this.reset()
        this.inc(relay.state()[field])
      },
    })
  }
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)
}
