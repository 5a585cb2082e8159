/** Identifies the file and the mapping of an import's start: continuing with others would mix two lists into one. */
import { createHash } from 'node:crypto'
import type { ImportRow } from '../../storage/imports/import-row.ts'

/** The version of the fingerprint's form. Raising it would make every started import refuse to continue. */
const form = 2

/** The fingerprint, a SHA-256 in hexadecimal. */
export function sourceFingerprint(row: Pick<ImportRow, 'fileSha256' | 'mapping'>): string {
  return createHash('sha256')
    .update(JSON.stringify([form, row.fileSha256, row.mapping]))
    .digest('hex')
}
