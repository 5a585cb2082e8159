/** Searching contacts and putting them into campaigns. */

/** Characters of a search text. No field holds a longer word. */
export const searchCharactersMax = 100

/** The same in UTF-16 code units: a character takes one or two. */
export const searchUnitsMax = 2 * searchCharactersMax

/** A search within imports reads all their contacts when they hold at most this many: a few milliseconds. */
export const searchedRowsMax = 10_000

/** Imports that one filter of contacts or cases may name. */
export const importFilterMax = 50

/** One step of an assignment adds or removes at most this many contacts of a campaign: some 200 ms. */
export const assignmentRowsPerStep = 10_000

/** An assignment looks this often for new contacts of a running import. */
export const assignmentFollowMs = 500
