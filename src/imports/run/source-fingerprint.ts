/** What an import was started with: going on with anything else would mix two readings of one sheet. */
import { createHash } from 'node:crypto'
import type { ImportRow } from '../../storage/imports/import-row.ts'

/** Raised when the reader or the normalisation changes what a row becomes. */
const readingVersion = 3

/** Of its file, its mapping, and how both are read. */
export function sourceFingerprint(row: Pick<ImportRow, 'fileSha256' | 'mapping'>): string {
  return createHash('sha256')
    .update(JSON.stringify([readingVersion, row.fileSha256, row.mapping]))
    .digest('hex')
}
