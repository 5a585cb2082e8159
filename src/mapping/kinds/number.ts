/** `number`: a decimal number, with a point and without separators of thousands. */
import { prepareNumberNormaliser } from '../normalise/number.ts'
import type { FieldKind } from './field-kind.ts'

export const numberKind: FieldKind = {
  name: 'number',
  sqlType: 'numeric',
  /** A sign, the digits that every program keeps, and zeros before or behind them. */
  lengthMax: 32,
  emptyWords: 'unread',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare(_field, setting) {
    return prepareNumberNormaliser(setting)
  },
}
