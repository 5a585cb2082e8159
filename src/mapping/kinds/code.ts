/** `code`: an identifier of any form. Its leading zeros matter, and a number cell may have lost them. */
import { cellText } from '../cell.ts'
import { normaliseText } from '../normalise/text.ts'
import type { FieldKind } from './field-kind.ts'

export const codeKind: FieldKind = {
  name: 'code',
  sqlType: 'text',
  lengthMax: 50,
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return cell => normaliseText(cellText(cell), lengthMax)
  },
}
