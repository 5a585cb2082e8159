/** PostgreSQL: connections, sessions, statements, migrations, notifications. */
import { KiB } from './bytes.ts'

/** How long a connection to PostgreSQL takes leave: on a line that was cut nobody answers, and it is destroyed. */
export const clientEndMs = 2_000

/** How long a process that starts waits for PostgreSQL to answer a connection. */
export const databaseAnswerMs = 10_000

/** How long a connection to PostgreSQL may take, and how long a request waits for a free one: it is answered 503. */
export const connectionMs = 5_000

/** Connections that requests share. */
export const connectionsMax = 10

/** Of those, how many one tenant may hold: the others find some free, however much it asks for. */
export const connectionsPerTenant = 6

/**
 * Connections of a process that no request can take, beside one for each job in steps: two claims, two renewals,
 * hand-backs, readiness, metrics and the relay.
 */
export const engineConnections = 8

/** Memory that one sort or hash of a statement may take before it spills: pages and batches fit. */
export const sessionMemoryKiB = 4 * KiB

/** No request needs longer; a lock that is held longer is a fault. */
export const requestStatementMs = 30_000
export const requestIdleMs = 30_000

/** PostgreSQL's own answer to a late statement needs a moment on its way. */
export const answerGraceMs = 2_000

/** How long a migration waits for a lock: requests that need the same table wait behind it. */
export const migrationLockMs = 3_000

/** A migration that gave way tries again after this, so often: imports let go of their tables after each batch. */
export const migrationLockRetryMs = 1_000
export const migrationLockTriesMax = 100

/** A migrating process that is gone gives its locks back after this; between two statements it needs none. */
export const migrationIdleMs = 60_000

/** Between two looks whether another process still migrates. */
export const migrationTurnMs = 500

/** How long a silent line to PostgreSQL may stay unprobed, at this end. */
export const keepAliveMs = 5_000

/** Between two tries to listen for notifications again. */
export const listenReconnectMs = 500

/** A listening connection whose other end is gone says nothing by itself for minutes: it is asked this often. */
export const listenHeartbeatMs = 10_000
export const listenAnswerMs = 5_000

/** A relay that could not renew its leadership for this long publishes nothing more. */
export const leadershipMs = 6_000
export const leadershipRenewMs = 1_000

/** PostgreSQL takes the leadership from a process that is silent this long; must exceed `leadershipMs`. */
export const leadershipSilenceMs = 8_000
