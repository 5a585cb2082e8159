/**
 * Repairs a stream that was wiped or lost: published events wait once more, and the leading relay publishes
 * them in order. It works beside a running service and without one.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { countRepublications } from '../storage/outbox/backlog.ts'
import { type Republication, requestRepublication } from '../storage/outbox/unpublished-events.ts'
import { type Relay, type RelayOptions, startRelay } from './outbox-relay.ts'

const lookMs = 200

export interface RepublishOptions extends Omit<RelayOptions, 'natsUrl'> {
  /** absent: a running service reaches the broker */
  readonly natsUrl?: string | undefined
  readonly wanted: Republication
  /** told how many events are still to be published */
  readonly onProgress: (events: number) => void
}

/** Resolves with the number of events once the broker has each that it takes. */
export async function republish(options: RepublishOptions): Promise<number> {
  const { orm, natsUrl, wanted, onProgress } = options
  const events = await requestRepublication(orm, wanted)
  // A candidate for the lead: it relays where no service does.
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
