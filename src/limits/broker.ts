/** Events on their way from the outbox to the broker, and how long either keeps them. */
import { MiB } from './bytes.ts'

/** Events of one import that the relay reads at once; the next are read when these are published. */
export const relayEventsPerImport = 16

/** Bytes of those: sixty-four imports are read at once. */
export const relayReadBytesPerImport = 1 * MiB

/** Imports whose events are published at the same time: hides the round trip to the broker. */
export const relayImportsMax = 64

/** Relay's poll that backs up LISTEN/NOTIFY. */
export const relayPollMs = 1_000

/** How long one publication waits for the broker's word that it is stored. */
export const publishMs = 5_000

/** Bytes that the headers of one event may take of the broker's largest message. */
export const eventHeaderBytesMax = 512

/** A publication that failed is tried again after this, doubled each time up to the longest wait. */
export const publishRetryMs = 250
export const publishRetryMsMax = 15_000

/** Between two tries to reach the broker, or to set up its stream. */
export const brokerRetryMs = 1_000
export const streamRetryMs = 5_000

/** How long the broker may take to answer a connection, and a client of it to come back. */
export const brokerConnectMs = 5_000
export const brokerReconnectMs = 1_000

/** A silent broker is given up after so many unanswered pings. */
export const brokerPingMs = 5_000
export const brokerPingsUnansweredMax = 2

/** How far the events that wait for the broker are counted for metrics; a few milliseconds along an index. */
export const backlogCountMax = 10_000

/** Events removed, or made to wait once more, in one statement. */
export const outboxDeleteRows = 5_000
export const republishRows = 5_000

/** Between two looks for events whose retention has ended. */
export const outboxUpkeepMs = 60_000

/** How long the outbox keeps a published event, for readers that come back and for republication. */
export const eventRetentionHours = 7 * 24

/** How long the stream keeps an event. */
export const eventStreamAgeHours = 7 * 24

/** Bytes of the stream, the oldest events going first: 4 a second of 1 KiB from one import for days. */
export const eventStreamBytesMax = 1024 * MiB

/** Copies of the stream in a cluster of brokers. */
export const eventStreamReplicas = 1

/** How long the broker drops an event whose id it has seen: far above every wait of a publication. */
export const eventDuplicateWindowSeconds = 120

/** Imports that the relay remembers to have no event of unknown fate; forgetting costs a look at the stream. */
export const sureImportsMax = 10_000
