/** Searching contacts and putting them into campaigns. */

/** Characters of a search text; longer ones match nothing that a field can hold. */
export const searchCharactersMax = 100

/** The same in UTF-16 units, of which a character takes two at most. */
export const searchUnitsMax = 2 * searchCharactersMax

/** Contacts of the imports named in a filter up to which a search reads them all: a few milliseconds. */
export const searchedRowsMax = 10_000

/** Imports named in one filter of contacts or cases. */
export const importFilterMax = 50

/** Contacts that one step of an assignment puts into a campaign, or takes out again: some 200 ms. */
export const assignmentRowsPerStep = 10_000

/** Between two looks of an assignment for new contacts of an import that runs. */
export const assignmentFollowMs = 500
