/** `full-name`: a name as it is written; first and last name are filled from it where it is sure which is which. */
import { readCellText } from '../normalise/cell-text.ts'
import { normaliseFullName } from '../normalise/full-name.ts'
import type { FieldKind } from './field-kind.ts'

export const fullNameKind: FieldKind = {
  name: 'full-name',
  sqlType: 'text',
  lengthMax: 300,
  emptyWords: 'spellings',
  reaches: false,
  isFamily: false,
  fills: ['firstName', 'lastName'],
  headerName: null,
  prepare({ lengthMax }) {
    const read = (text: string) => normaliseFullName(text, lengthMax)
    return cell => readCellText(cell, read)
  },
}
