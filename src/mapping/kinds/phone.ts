/** `phone`: a number that can be called, in E.164. */
import { preparePhoneNormaliser } from '../normalise/phone.ts'
import type { FieldKind } from './field-kind.ts'

export const phoneKind: FieldKind = {
  name: 'phone',
  sqlType: 'text',
  /** '+' and the 15 digits of ITU-T E.164. */
  lengthMax: 16,
  emptyWords: 'any',
  reaches: true,
  isFamily: true,
  headerName: 'phone',
  prepare(_field, setting) {
    return preparePhoneNormaliser(setting)
  },
}
