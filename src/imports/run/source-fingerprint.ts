/** What an import was started with: to go on with another file or mapping would mix two lists into one. */
import { createHash } from 'node:crypto'
import type { ImportRow } from '../../storage/imports/import-row.ts'

/** Of this form of fingerprints: kept imports hold theirs, and are compared with it. */
const form = 2

/** Of its file and its mapping. */
export function sourceFingerprint(row: Pick<ImportRow, 'fileSha256' | 'mapping'>): string {
  return createHash('sha256')
    .update(JSON.stringify([form, row.fileSha256, row.mapping]))
    .digest('hex')
}
