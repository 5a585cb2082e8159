/** `gender`: one of `genders`. */
import { normaliseGender } from '../normalise/gender.ts'
import { refusal } from '../normalise/outcome.ts'
import type { FieldKind } from './field-kind.ts'

const genderInvalid = refusal('gender-invalid')

export const genderKind: FieldKind = {
  name: 'gender',
  sqlType: 'text',
  lengthMax: 7,
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare() {
    return cell => (cell.type === 'string' ? normaliseGender(cell.value) : genderInvalid)
  },
}
