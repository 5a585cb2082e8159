/** `date`: a day of the calendar, `YYYY-MM-DD`. */
import { prepareDateNormaliser } from '../normalise/date.ts'
import type { FieldKind } from './field-kind.ts'

export const dateKind: FieldKind = {
  name: 'date',
  sqlType: 'date',
  lengthMax: 10,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare(_field, setting) {
    return prepareDateNormaliser(setting)
  },
}
