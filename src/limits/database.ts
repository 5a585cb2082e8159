/** PostgreSQL: connections, sessions, statements, migrations, notifications. */
import { KiB } from './bytes.ts'

/** A connection gets this long to close in order. On a broken line nobody answers: then the service destroys it. */
export const clientEndMs = 2_000

/** A process that starts waits this long for PostgreSQL to accept a connection. */
export const databaseAnswerMs = 10_000

/** Opening a connection may take this long. A request that waits this long for a free one is answered 503. */
export const connectionMs = 5_000

/** Connections that all requests of a process share. */
export const connectionsMax = 10

/** Connections that requests of one tenant may hold. The remaining ones are left to the other tenants. */
export const connectionsPerTenant = 6

/**
 * Connections of a process that requests cannot use: two for claims, two for renewals, and one each for handing jobs
 * back, readiness, metrics and the relay. Each running job in steps has one more.
 */
export const engineConnections = 8

/** `work_mem`: what one sort or hash of a statement may take before it spills to disk. Pages and batches fit. */
export const sessionMemoryKiB = 4 * KiB

/** `statement_timeout` and `idle_in_transaction_session_timeout` of requests. No request needs longer. */
export const requestStatementMs = 30_000
export const requestIdleMs = 30_000

/** The client waits this much longer than `statement_timeout`, so that PostgreSQL's own error arrives first. */
export const answerGraceMs = 2_000

/** `lock_timeout` of a migration. Requests that need the same table wait behind a migration that waits. */
export const migrationLockMs = 3_000

/**
 * A migration that ran into `lock_timeout` tries again after this wait, this often. An import releases its tables after
 * each batch.
 */
export const migrationLockRetryMs = 1_000
export const migrationLockTriesMax = 100

/** PostgreSQL ends the session of a migration that sends nothing this long between two statements: its process is gone. */
export const migrationIdleMs = 60_000

/** A process looks this often whether another process is still migrating. */
export const migrationTurnMs = 500

/** The service sends TCP keep-alive probes after this much silence of PostgreSQL. */
export const keepAliveMs = 5_000

/** A listener that lost its connection waits this long before it connects again. */
export const listenReconnectMs = 500

/**
 * A listening connection does not notice that its server is gone. The listener therefore sends a query this often and
 * gives up the connection when no answer comes in time.
 */
export const listenHeartbeatMs = 10_000
export const listenAnswerMs = 5_000

/** A relay that failed to renew its leadership for this long stops publishing. */
export const leadershipMs = 6_000
export const leadershipRenewMs = 1_000

/**
 * PostgreSQL ends the session of a leader that is silent this long, which frees the leadership. Must exceed
 * `leadershipMs`, so that two relays never publish side by side.
 */
export const leadershipSilenceMs = 8_000
