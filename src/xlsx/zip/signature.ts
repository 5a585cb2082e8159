/**
 * Owns the first look at a file: a workbook encrypted into a compound file (MS-OFFCRYPTO §2.3), one of
 * older versions of Excel, or what may be a zip archive: that is told by its end. Bounded reads only.
 */

import { XlsxError } from '../xlsx-error.ts'
import type { FileReader } from './file-reader.ts'

const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le')
const SEARCH_STEP_BYTES = 1024 * 1024

/** @throws XlsxError `not-xlsx` or `encrypted` unless the file may hold a zip archive */
export async function assertMayBeZip(file: FileReader): Promise<void> {
  const head = await file.read(0, 8)
  if (head.length < 4) throw new XlsxError('not-xlsx', `a file of ${file.sizeBytes} bytes`)
  if (COMPOUND_FILE.equals(head)) {
    if (await holdsEncryptedPackage(file)) {
      throw new XlsxError('encrypted', 'the workbook is protected by a password')
    }
    throw new XlsxError('not-xlsx', 'a compound file, as older versions of Excel write')
  }
}

async function holdsEncryptedPackage(file: FileReader): Promise<boolean> {
  for (let start = 0; start < file.sizeBytes; start += SEARCH_STEP_BYTES) {
    const bytes = await file.read(start, SEARCH_STEP_BYTES + ENCRYPTED_STREAM.length)
    if (bytes.includes(ENCRYPTED_STREAM)) return true
  }
  return false
}
