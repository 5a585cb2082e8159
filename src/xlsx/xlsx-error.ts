/**
 * Owns the one error class of this folder and the closed list of its codes.
 * The reader refuses every file with one of them; codes never change their meaning.
 */

export const xlsxErrorCodes = [
  /** neither a zip archive nor an encrypted workbook, or a zip archive of something else */
  'not-xlsx',
  /** protected by a password */
  'encrypted',
  /** encrypted by rights management, as sensitivity labels do */
  'label-protected',
  /** the archive ends before its directory does */
  'truncated',
  /** the archive, a part or a value contradicts the format */
  'corrupt',
  /** an entry's bytes do not match its CRC-32 */
  'bad-crc',
  /** an entry inflates to more or fewer bytes than its header declares */
  'size-mismatch',
  /** two entries share one part name */
  'duplicate-name',
  /** an entry is neither stored nor deflated */
  'unsupported-compression',
  /** a part that a relationship names is not in the package */
  'part-missing',
  /** no visible worksheet */
  'no-worksheet',
  /** a part is not well-formed XML */
  'xml-malformed',
  /** a part has a document type declaration, which OPC forbids */
  'xml-doctype',
  /** a part is not in the encoding that it declares */
  'xml-encoding',
  /** a cell's value does not belong to the cell's type */
  'cell-invalid',
  /** a cell names a shared string that does not exist */
  'shared-string-out-of-range',
  /** a row past 1,048,576, or past the configured cap */
  'too-many-rows',
  /** a column past 16,384 (XFD), or past the configured cap */
  'too-many-columns',
  /** more archive entries than the cap */
  'too-many-entries',
  /** more bytes, elements, attributes or depth than a cap */
  'too-large',
  /** bytes without end that hold no markup */
  'no-progress',
] as const

export type XlsxErrorCode = (typeof xlsxErrorCodes)[number]

/** A file that cannot be read. `detail` says where and what, without the file's own content. */
export class XlsxError extends Error {
  override readonly name = 'XlsxError'
  readonly code: XlsxErrorCode
  readonly detail: string

  constructor(code: XlsxErrorCode, detail: string, options?: ErrorOptions) {
    const clipped = clip(detail)
    super(`${code}: ${clipped}`, options)
    this.code = code
    this.detail = clipped
  }
}

const DETAIL_CHARACTERS_MAX = 300

/** Part names come from the file: whatever they are, a detail is one short printable line. */
function clip(detail: string): string {
  const printable = detail.replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, '\ufffd')
  if (printable.length <= DETAIL_CHARACTERS_MAX) return printable
  return `${printable.slice(0, DETAIL_CHARACTERS_MAX - 1)}…`
}
