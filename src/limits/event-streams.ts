/** Streams of server-sent events to callers. */
import { KiB } from './bytes.ts'

/** Server-sent events: silence is broken after this, so that proxies keep the stream. */
export const eventStreamHeartbeatMs = 15_000

/** Event streams open at the same time in one process; about 45 KiB each. */
export const eventStreamsMax = 5_000

/** The same of one tenant, and with one token: half of the places of all, and half of those of its tenant. */
export const eventStreamsPerTenant = 2_500
export const eventStreamsPerToken = 1_250

/** Bytes that wait for a slow reader of an event stream; 1,000 such readers stay below 100 MiB. */
export const eventStreamBufferBytesMax = 64 * KiB

/** A reader that does not catch up with a full buffer within this time is dropped. */
export const eventStreamDrainMs = 5_000

/** How long readers of an event stream wait before they connect again; each is told its own time from here to twice it. */
export const eventStreamRetryMs = 1_000

/** Newest events, and their bytes, that a process keeps for each followed tenant; readers further behind ask PostgreSQL. */
export const eventsKeptPerTenant = 256
export const eventsKeptBytesPerTenant = 256 * KiB

/** Events, and their bytes, that one reader of a stream is handed at once: a slow one holds no more than these. */
export const eventsPerTurn = 32
export const eventsPerTurnBytes = 64 * KiB

/** Imports whose states a new event stream begins with, beside all that change by themselves: the newest of the tenant. */
export const statesShownMax = 200

/** States read at once for one reader; the next are read when these are written. Two KiB each are many. */
export const statesPerPage = 32

/** Events read from the outbox at once for all readers of a tenant, and their bytes. */
export const outboxPageRows = 200
export const outboxPageBytes = 256 * KiB
