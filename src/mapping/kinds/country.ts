/** `country`: the country of the row, as it is written. The row's numbers without a calling code are numbers of that country. */
import { readCellText } from '../normalise/cell-text.ts'
import { normaliseText } from '../normalise/text.ts'
import type { FieldKind } from './field-kind.ts'

export const countryKind: FieldKind = {
  name: 'country',
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
