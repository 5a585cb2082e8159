/** `tax-id`: the number of a tax payer, by the rules of the row's country. */
import { prepareIdNormaliser } from '../normalise/id-number.ts'
import type { FieldKind } from './field-kind.ts'

export const taxIdKind: FieldKind = {
  name: 'tax-id',
  sqlType: 'text',
  lengthMax: 50,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return prepareIdNormaliser('tax', lengthMax)
  },
}
