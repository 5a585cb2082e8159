/** `text`: one line of any text, as names, companies, streets. */
import { readCellText } from '../normalise/cell-text.ts'
import { normaliseText } from '../normalise/text.ts'
import type { FieldKind } from './field-kind.ts'

export const textKind: FieldKind = {
  name: 'text',
  sqlType: 'text',
  lengthMax: 300,
  emptyWords: 'spellings',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    const read = (text: string) => normaliseText(text, lengthMax)
    return cell => readCellText(cell, read)
  },
}
