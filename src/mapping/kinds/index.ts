/** The list of kinds. Nothing else names them all. */
import { birthDateKind } from './birth-date.ts'
import { booleanKind } from './boolean.ts'
import { businessIdKind } from './business-id.ts'
import { choiceKind } from './choice.ts'
import { codeKind } from './code.ts'
import { countryKind } from './country.ts'
import { dateKind } from './date.ts'
import { emailKind } from './email.ts'
import type { FieldKind } from './field-kind.ts'
import { fullNameKind } from './full-name.ts'
import { genderKind } from './gender.ts'
import { multilineKind } from './multiline.ts'
import { nationalIdKind } from './national-id.ts'
import { numberKind } from './number.ts'
import { phoneKind } from './phone.ts'
import { postalCodeKind } from './postal-code.ts'
import { taxIdKind } from './tax-id.ts'
import { textKind } from './text.ts'
import { websiteKind } from './website.ts'

const kinds: readonly FieldKind[] = [
  textKind,
  fullNameKind,
  multilineKind,
  codeKind,
  countryKind,
  taxIdKind,
  businessIdKind,
  nationalIdKind,
  postalCodeKind,
  phoneKind,
  emailKind,
  websiteKind,
  dateKind,
  birthDateKind,
  genderKind,
  booleanKind,
  numberKind,
  choiceKind,
]

const kindsByName: ReadonlyMap<string, FieldKind> = new Map(kinds.map(kind => [kind.name, kind]))

/** The kind of this name; RangeError for a name that no kind has. */
export function fieldKind(name: string): FieldKind {
  const kind = kindsByName.get(name)
  if (!kind) throw new RangeError(`unknown kind of field ${name}`)
  return kind
}
