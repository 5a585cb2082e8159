/**
 * Owns the first look at a file: a workbook encrypted into a compound file (MS-OFFCRYPTO §2.3), one of
 * older versions of Excel, or what may be a zip archive: that is told by its end. Bounded reads only.
 */

import { XlsxError } from '../xlsx-error.ts'
import type { FileReader } from './file-reader.ts'

const COMPOUND_FILE = Buffer.from('d0cf11e0a1b11ae1', 'hex')
const ENCRYPTED_STREAM = Buffer.from('EncryptedPackage', 'utf16le')
/** The data space of rights management (MS-OFFCRYPTO §2.2), which sensitivity labels protect with. */
const RIGHTS_STREAM = Buffer.from('DRMEncrypted', 'utf16le')
const SEARCH_STEP_BYTES = 1024 * 1024

/**
 * Looks at the beginning of a file.
 * @throws XlsxError `not-xlsx`, `encrypted` or `label-protected` unless the file may hold a zip archive
 */
export async function assertMayBeZip(file: FileReader): Promise<void> {
  const head = await file.read(0, 8)
  if (head.length < 4) throw new XlsxError('not-xlsx', `a file of ${file.sizeBytes} bytes`)
  if (COMPOUND_FILE.equals(head)) {
    const [isEncrypted, isRightsManaged] = await findStreams(file, [
      ENCRYPTED_STREAM,
      RIGHTS_STREAM,
    ])
    if (isEncrypted && isRightsManaged) {
      throw new XlsxError('label-protected', 'the workbook is protected by rights management')
    }
    if (isEncrypted) throw new XlsxError('encrypted', 'the workbook is protected by a password')
    throw new XlsxError('not-xlsx', 'a compound file, as older versions of Excel write')
  }
}

/** Which of these names the file holds. */
async function findStreams(file: FileReader, names: readonly Buffer[]): Promise<boolean[]> {
  const found = names.map(() => false)
  const overlap = Math.max(...names.map(({ length }) => length))
  for (let start = 0; start < file.sizeBytes; start += SEARCH_STEP_BYTES) {
    const bytes = await file.read(start, SEARCH_STEP_BYTES + overlap)
    for (const [at, name] of names.entries()) found[at] ||= bytes.includes(name)
  }
  return found
}
