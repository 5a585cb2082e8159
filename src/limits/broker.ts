/** Events on their way from the outbox to the broker, and how long either keeps them. */
import { MiB } from './bytes.ts'

/** The relay reads this many events of one import at once. It reads the next ones when it has published these. */
export const relayEventsPerImport = 16

/** Bytes of those events. The relay reads for `relayImportsMax` imports at once. */
export const relayReadBytesPerImport = 1 * MiB

/** The relay publishes events of this many imports side by side, which hides the round trip to the broker. */
export const relayImportsMax = 64

/** The relay looks for events this often, in case a notification of PostgreSQL was lost. */
export const relayPollMs = 1_000

/** The relay waits this long for the broker to acknowledge a publication. */
export const publishMs = 5_000

/** The headers of an event may take this much of the broker's largest message. */
export const eventHeaderBytesMax = 512

/** The relay repeats a failed publication after this wait, and doubles the wait each time up to the maximum. */
export const publishRetryMs = 250
export const publishRetryMsMax = 15_000

/** The relay waits this long before it tries again to reach the broker, or to set up its stream. */
export const brokerRetryMs = 1_000
export const streamRetryMs = 5_000

/** The broker must answer a new connection within this time. A client that lost its connection tries again this often. */
export const brokerConnectMs = 5_000
export const brokerReconnectMs = 1_000

/** The client pings the broker this often, and takes it for gone when this many pings stay unanswered. */
export const brokerPingMs = 5_000
export const brokerPingsUnansweredMax = 2

/** The metrics count waiting events up to this number: a few milliseconds on an index. */
export const backlogCountMax = 10_000

/** One statement removes at most this many events, or marks this many for another publication. */
export const outboxDeleteRows = 5_000
export const republishRows = 5_000

/** The upkeep of the outbox looks this often for events whose retention has ended. */
export const outboxUpkeepMs = 60_000

/** The outbox keeps a published event this long, for clients that reconnect and for another publication. */
export const eventRetentionHours = 7 * 24

/** The stream of the broker keeps an event this long. */
export const eventStreamAgeHours = 7 * 24

/**
 * The largest size of the stream; the broker drops its oldest events first. One import that sends 4 events of 1 KiB a
 * second fills it in three days.
 */
export const eventStreamBytesMax = 1024 * MiB

/** Copies of the stream in a cluster of brokers. */
export const eventStreamReplicas = 1

/** The broker drops an event whose id it has seen within this time. It exceeds every wait of a publication by far. */
export const eventDuplicateWindowSeconds = 120

/**
 * The relay remembers this many imports whose waiting events it cannot have sent before. Before it sends an event of any
 * other import, it asks the broker whether the stream holds that event already.
 */
export const sureImportsMax = 10_000
