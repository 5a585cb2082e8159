/**
 * The version of the reading: raise it when the reader or the normalisation changes what a row becomes. An import that
 * continues under another version than before records that version, with the row at which it began.
 */
import type { Reading } from '../../contracts/import.ts'

export const readingVersion = 8

/** The entry that a run adds to the readings of its import with its first batch; undefined when the version is the same. */
export function nextReading(readings: readonly Reading[], fromRow: number): Reading | undefined {
  return readings.at(-1)?.version === readingVersion
    ? undefined
    : { version: readingVersion, fromRow }
}
