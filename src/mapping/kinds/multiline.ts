/** `multiline`: text with line breaks, as notes. */
import { readCellText } from '../normalise/cell-text.ts'
import { normaliseLines } from '../normalise/text.ts'
import type { FieldKind } from './field-kind.ts'

export const multilineKind: FieldKind = {
  name: 'multiline',
  sqlType: 'text',
  /** An Excel cell holds no more, so that a note which fits a sheet fits a contact. */
  lengthMax: 32_767,
  emptyWords: 'spellings',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    const read = (text: string) => normaliseLines(text, lengthMax)
    return cell => readCellText(cell, read)
  },
}
