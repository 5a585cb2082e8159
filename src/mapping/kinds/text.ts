/** `text`: one line of any text, as names, companies, streets. */
import { cellText } from '../cell.ts'
import { normaliseText } from '../normalise/text.ts'
import type { FieldKind } from './field-kind.ts'

export const textKind: FieldKind = {
  name: 'text',
  sqlType: 'text',
  lengthMax: 300,
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return cell => normaliseText(cellText(cell), lengthMax)
  },
}
