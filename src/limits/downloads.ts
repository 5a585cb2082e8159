/** Downloads and recounts of all rows of an import, which are read in windows. */

/**
 * Rows of one window, which is one short statement: enough for 50,000 lines a second, few enough that a connection is
 * given back within milliseconds and a window takes less than 1 MiB, which is garbage when it is sent.
 */
export const windowRows = 2_000

/** Downloads and recounts of one process at the same time. Each holds a window in memory and a connection now and then. */
export const downloadsMax = 32

/** The same of one tenant. They never take all connections that it may hold. */
export const downloadsPerTenant = 4

/** The service ends a download whose client takes longer than this for one window: its place is wanted by others. */
export const downloadWindowMs = 60_000

/**
 * A recount ends after this time, and says how far it came. The largest sheet takes a few seconds; proxies cut requests
 * off that stay silent for 60 s.
 */
export const recountMs = 20_000

/** Rows that a reconciliation names of those that are missing, and of those that are surplus. */
export const namedRowsMax = 1_000
