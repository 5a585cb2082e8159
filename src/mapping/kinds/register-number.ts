/** What `tax-id`, `business-id` and `national-id` share: a number in a register, by the rules of the row's country. */
import { prepareIdNormaliser } from '../normalise/id-number.ts'
import type { IdPurpose } from '../normalise/id-schemes.ts'
import type { FieldKind } from './field-kind.ts'

/** The kind of the numbers of one register: of tax payers, of businesses or of persons. */
export function registerNumberKind(name: string, purpose: IdPurpose): FieldKind {
  return {
    name,
    sqlType: 'text',
    lengthMax: 50,
    emptyWords: 'any',
    reaches: false,
    isFamily: false,
    headerName: null,
    prepare({ lengthMax }) {
      return prepareIdNormaliser(purpose, lengthMax)
    },
  }
}
