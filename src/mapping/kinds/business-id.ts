/** `business-id`: the number of a business in a register, as REGON and KRS, by the rules of the row's country. */
import { prepareIdNormaliser } from '../normalise/id-number.ts'
import type { FieldKind } from './field-kind.ts'

export const businessIdKind: FieldKind = {
  name: 'business-id',
  sqlType: 'text',
  lengthMax: 50,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return prepareIdNormaliser('business', lengthMax)
  },
}
