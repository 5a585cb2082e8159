/** `birth-date`: a day on which a person who is alive today may have been born, `YYYY-MM-DD`. */
import { prepareBirthDateNormaliser } from '../normalise/birth-date.ts'
import { prepareDateNormaliser } from '../normalise/date.ts'
import type { FieldKind } from './field-kind.ts'

export const birthDateKind: FieldKind = {
  name: 'birth-date',
  sqlType: 'date',
  lengthMax: 10,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare(_field, setting) {
    return prepareBirthDateNormaliser(prepareDateNormaliser(setting), setting.today)
  },
}
