/** `national-id`: the number of a person, by the rules of the row's country. */
import { prepareIdNormaliser } from '../normalise/id-number.ts'
import type { FieldKind } from './field-kind.ts'

export const nationalIdKind: FieldKind = {
  name: 'national-id',
  sqlType: 'text',
  lengthMax: 50,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return prepareIdNormaliser('person', lengthMax)
  },
}
