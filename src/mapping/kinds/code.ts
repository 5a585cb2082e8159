/** `code`: an identifier of any form. Its leading zeros matter, and a number cell may have lost them. */
import { normaliseCode } from '../normalise/code.ts'
import type { FieldKind } from './field-kind.ts'

export const codeKind: FieldKind = {
  name: 'code',
  sqlType: 'text',
  lengthMax: 50,
  emptyWords: 'spellings',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return cell => normaliseCode(cell, lengthMax)
  },
}
