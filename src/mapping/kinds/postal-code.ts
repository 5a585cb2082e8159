/** `postal-code`: in Poland `00-950`, elsewhere as it is written. */
import { normalisePostalCode } from '../normalise/postal-code.ts'
import type { FieldKind } from './field-kind.ts'

export const postalCodeKind: FieldKind = {
  name: 'postal-code',
  sqlType: 'text',
  lengthMax: 50,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return (cell, rowRegion) => normalisePostalCode(cell, rowRegion, lengthMax)
  },
}
