/**
 * The version of the reading: raised when the reader or the normalisation changes what a row becomes. An import
 * that goes on under another version than before tells so, with the row where it began.
 */
import type { Reading } from '../../contracts/import.ts'

export const readingVersion = 8

/** What a run adds to the readings of its import with its first batch; undefined when it reads as the last one did. */
export function nextReading(readings: readonly Reading[], fromRow: number): Reading | undefined {
  return readings.at(-1)?.version === readingVersion
    ? undefined
    : { version: readingVersion, fromRow }
}
