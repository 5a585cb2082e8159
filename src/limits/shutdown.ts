/** The end of the process, and what it says in its log. */

/** Characters of the message of an unexpected error in the log. Longer messages mostly quote the input. */
export const loggedMessageCharactersMax = 500

/** The whole shutdown may take this long. Jobs that are not handed back by then are taken over when their lease expires. */
export const shutdownMs = 30_000

/** The highest value of SHUTDOWN_DELAY_MS. Any proxy notices within it that a process is no longer ready. */
export const shutdownDelayMsMax = 600_000

/** Each working part (runner, relay) may take this long to stop: an import commits its batches and hands its lease back. */
export const closeWorkMs = 20_000

/**
 * Each resource (pools, broker) may take this long to close. Working parts and resources together leave a moment of
 * `shutdownMs` to the embedded servers.
 */
export const closeResourcesMs = 5_000

/** Running requests may take this long when the service stops. Then it cuts their connections: some clients never close. */
export const closeRequestsMs = 3_000
