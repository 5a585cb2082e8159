/** `gender`: one of `genders`. */
import { prepareGenderNormaliser } from '../normalise/gender.ts'
import { refusal } from '../normalise/outcome.ts'
import type { FieldKind } from './field-kind.ts'

const genderInvalid = refusal('gender-invalid')

export const genderKind: FieldKind = {
  name: 'gender',
  sqlType: 'text',
  lengthMax: 7,
  emptyWords: 'unread',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare(_field, { region }) {
    const normalise = prepareGenderNormaliser(region)
    return cell => (cell.type === 'string' ? normalise(cell.value) : genderInvalid)
  },
}
