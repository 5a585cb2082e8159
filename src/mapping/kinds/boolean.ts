/** `boolean`: yes or no, `true` or `false`. An empty cell says neither. */
import { normaliseYesNo } from '../normalise/yes-no.ts'
import type { FieldKind } from './field-kind.ts'

export const booleanKind: FieldKind = {
  name: 'boolean',
  sqlType: 'boolean',
  lengthMax: 5,
  emptyWords: 'unread',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare() {
    return normaliseYesNo
  },
}
