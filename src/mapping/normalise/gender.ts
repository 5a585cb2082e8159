/** Gender: the words that Polish and English sheets use, to `male`, `female`, `other` or `unknown`. */
import type { genders } from '../../contracts/contact-fields.ts'
import { foldText } from '../fold-text.ts'
import { type CellOutcome, refusal } from './outcome.ts'
import { trimText } from './text.ts'

const genderInvalid = refusal('gender-invalid')

const words: Readonly<Record<(typeof genders)[number], string>> = {
  male: 'm,male,man,mezczyzna,mez,meska,meski,pan,mr,boy,chlopiec',
  female: 'k,f,female,woman,kobieta,zenska,zenski,pani,mrs,ms,miss,girl,dziewczyna',
  other: 'other,x,non binary,nonbinary,diverse,inna,inny,inne,niebinarna,niebinarny',
  unknown: 'unknown,not known,undisclosed,nieznana,nieznany,nie podano,brak danych',
}

const gendersByWord: ReadonlyMap<string, string> = new Map(
  Object.entries(words).flatMap(([gender, list]) =>
    list.split(',').map(word => [word, gender] as const),
  ),
)

/** Words may be abbreviated or hyphenated; any other sign, as in `m?`, says something that a word does not. */
const signOfDoubt = /[^\p{L}\p{M}\s.-]/u

/** Longer texts are no word of the list. */
const genderTextLengthMax = 40

/** The canonical gender, null for an empty text. */
export function normaliseGender(raw: string): CellOutcome {
  const known = gendersByWord.get(raw)
  if (known !== undefined) return known
  const text = trimText(raw)
  if (text === '') return null
  if (text.length > genderTextLengthMax || signOfDoubt.test(text)) return genderInvalid
  return gendersByWord.get(foldText(text)) ?? genderInvalid
}
