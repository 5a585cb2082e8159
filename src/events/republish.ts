/**
 * Repairs a stream that was wiped or lost: makes published events wait once more, so that the leading relay publishes
 * them again, in order. It works beside a running service and without one.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { countRepublications } from '../storage/outbox/backlog.ts'
import { type Republication, requestRepublication } from '../storage/outbox/unpublished-events.ts'
import { type Relay, type RelayOptions, startRelay } from './outbox-relay.ts'

const lookMs = 200

export interface RepublishOptions extends Omit<RelayOptions, 'natsUrl'> {
  /** when absent, a running service must publish the events */
  readonly natsUrl?: string | undefined
  readonly wanted: Republication
  /** called with the number of events that are still to be published */
  readonly onProgress: (events: number) => void
}

/** Resolves with the number of events once each of them is published, or parked because the broker refuses it. */
export async function republish(options: RepublishOptions): Promise<number> {
  const { orm, natsUrl, wanted, onProgress } = options
  const events = await requestRepublication(orm, wanted)
  // This relay is one more candidate for the leadership: it publishes when no running service leads.
  const relay: Relay | undefined = natsUrl ? startRelay({ ...options, natsUrl }) : undefined
  try {
    for (;;) {
      const left = await countRepublications(orm)
      onProgress(left)
      if (left === 0) return events
      await sleep(lookMs)
    }
  } finally {
    await relay?.stop()
  }
}
