/** Reading chosen rows of stored files for requests. */

/** Readings of stored files that one process runs at the same time: each takes a core. */
export const rowReadsRunningMax = 3

/** The same of one tenant. One place always remains for the others. */
export const rowReadsRunningPerTenant = 2

/** V8 heap of the reading thread; the reader stays far below it. */
export const rowReadHeapMiB = 96

/** A reading may take this long. The file passed its inspection, so only a machine with too much to do is slower. */
export const rowReadMs = 120_000

/** A thread that sends pieces to another one is at most this many ahead: enough that neither waits for every message. */
export const piecesAhead = 4

/** Calls for single rows that one process has in hand: each waits for its turn to read a file, or for PostgreSQL. */
export const rowCallsMax = 32

/** The same of one tenant. */
export const rowCallsPerTenant = 8

/** Characters of one cell in the answer for a row: longer texts are prose. */
export const rowCellCharactersMax = 4_096

/** Characters of all cells in the answer for a row; those behind are told without their texts. */
export const rowAnswerCharactersMax = 262_144

/** Characters of a value that repairs a row, as many as a cell may have. */
export const rowValueCharactersMax = 32_767

/** Values of one repair: more than there are fields. */
export const rowValuesMax = 500
