/** Streams of server-sent events to callers. */
import { KiB } from './bytes.ts'

/** The service sends a comment into an event stream that was silent this long: proxies cut silent connections. */
export const eventStreamHeartbeatMs = 15_000

/** Open event streams of one process; each takes about 45 KiB. */
export const eventStreamsMax = 5_000

/** Open event streams of one tenant, half of all, and of one token, half of its tenant's. */
export const eventStreamsPerTenant = 2_500
export const eventStreamsPerToken = 1_250

/** Bytes that may wait for a slow client of an event stream. 1,000 such clients take less than 100 MiB. */
export const eventStreamBufferBytesMax = 64 * KiB

/** The service cuts off a client whose buffer stays full this long. */
export const eventStreamDrainMs = 5_000

/**
 * The service tells each client to wait between this time and twice this time before it reconnects (`retry:`), so that
 * not all of them come at once.
 */
export const eventStreamRetryMs = 1_000

/**
 * A process keeps this many of the newest events, and this many bytes of them, for each followed tenant. A client that
 * is further behind gets its events from PostgreSQL.
 */
export const eventsKeptPerTenant = 256
export const eventsKeptBytesPerTenant = 256 * KiB

/** A stream hands its client this many events, and this many bytes, at once. No more than these wait for a slow client. */
export const eventsPerTurn = 32
export const eventsPerTurnBytes = 64 * KiB

/**
 * A new event stream begins with the states of the tenant's newest imports, at most this many, and of all imports that
 * the service is working on.
 */
export const statesShownMax = 200

/** The service reads this many of those states at once, some 2 KiB each, and the next ones when these are sent. */
export const statesPerPage = 32

/** One query reads this many events, and this many bytes, from the outbox for all clients of a tenant. */
export const outboxPageRows = 200
export const outboxPageBytes = 256 * KiB
