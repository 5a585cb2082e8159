/** Which normaliser reads the cells of which field, and which types of cell each kind takes. */
import type { ContactField } from '../../contracts/contact-fields.ts'
import { cellText, type SheetCell } from '../cell.ts'
import { prepareDateNormaliser } from './date.ts'
import { normaliseEmail } from './email.ts'
import { defineFault, type Fault, type Normalised } from './fault.ts'
import { normaliseGender } from './gender.ts'
import { preparePhoneNormaliser } from './phone.ts'
import { normaliseText } from './text.ts'

export type FieldNormaliser = (cell: SheetCell) => Normalised

/**
 * Prepares the normaliser of one field. `region` is the ISO 3166-1 region of phone numbers without a
 * calling code; an unknown one throws RangeError. Error cells never reach it.
 */
export function prepareFieldNormaliser(field: ContactField, region: string): FieldNormaliser {
  switch (field.kind) {
    case 'phone':
      return preparePhoneNormaliser(region)
    case 'date':
      return prepareDateNormaliser(region)
    case 'email':
      return forTextCells(normaliseEmail, defineFault('email-invalid'))
    case 'gender':
      return forTextCells(normaliseGender, defineFault('gender-invalid'))
    case 'text':
    case 'code':
    case 'multiline': {
      const { lengthMax } = field
      return cell => normaliseText(cellText(cell), lengthMax)
    }
  }
}

function forTextCells(normalise: (text: string) => Normalised, fault: Fault): FieldNormaliser {
  return cell => (cell.type === 'string' ? normalise(cell.value) : fault)
}
