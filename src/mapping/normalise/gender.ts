/**
 * Gender: words and letters to `male`, `female`, `other` or `unknown`. The normaliser reads letters by the
 * languages of the region and by English, and knows words of other languages too. It refuses what means two genders.
 */
import type { genders } from '../../contracts/contact-fields.ts'
import { composeText } from '../../contracts/normal-form.ts'
import { foldText } from '../fold-text.ts'
import { languagesOf } from '../region-languages.ts'
import { genderWords, undisclosedGender } from './gender-words.ts'
import { type CellOutcome, noted, type Refused, refusal, repaired } from './outcome.ts'
import { trimText } from './text.ts'

type Gender = (typeof genders)[number]
type Words = ReadonlyMap<string, ReadonlySet<Gender>>

const genderInvalid = refusal('gender-invalid')

/** Words may be abbreviated or hyphenated; any other sign, as in `m?`, says something that a word does not. */
const signOfDoubt = /[^\p{L}\p{M}\s.-]/u
const marksInFront = /^['’]+/

/** In forms another gender, in passports one that is not told (ICAO 9303), in lists also a mere mark. */
const cross = /^x\.?$/i

/** Longer texts are no word of the list. */
const genderTextLengthMax = 40

/** Shorter beginnings abbreviate no word; words of other languages need a letter more. */
const abbreviationLengthMin = 3

/** A column of genders has few spellings; the normaliser looks each up once. */
const spellingsKeptMax = 200

const wordsByLanguage: ReadonlyMap<string, Words> = new Map(
  genderWords
    .trim()
    .split('\n')
    .map(line => {
      const [language, ...words] = line.split(' ')
      return [language!, collectWords(words.join(' '))] as const
    }),
)

const wordsOfAll = joinWords([...wordsByLanguage.keys()])
const undisclosed: ReadonlySet<string> = new Set(
  undisclosedGender
    .split(/[|\n]/)
    .map(word => foldText(word))
    .filter(word => word !== ''),
)

export type GenderNormaliser = (text: string) => CellOutcome

/** Prepares the normaliser of genders in a list of the region (ISO 3166-1 alpha-2). */
export function prepareGenderNormaliser(region: string): GenderNormaliser {
  const near = joinWords([...languagesOf(region), 'en'])
  const kept = new Map<string, CellOutcome>()
  return text => {
    const known = kept.get(text)
    if (known !== undefined) return known
    const outcome = readGender(text, near)
    if (text.length <= genderTextLengthMax && kept.size < spellingsKeptMax) kept.set(text, outcome)
    return outcome
  }
}

function readGender(raw: string, near: Words): CellOutcome {
  const trimmed = trimText(raw)
  if (trimmed === '') return null
  const text = trimmed.replace(marksInFront, '')
  if (text.length > genderTextLengthMax || signOfDoubt.test(text)) return genderInvalid
  const gender = findGender(text, near)
  if (gender === 'other' && cross.test(text)) return noted(gender, 'gender-doubtful')
  return typeof gender === 'string' && text !== trimmed ? repaired(gender, 'signs-dropped') : gender
}

function findGender(text: string, near: Words): Gender | Refused {
  const folded = foldText(text)
  if (undisclosed.has(folded)) return 'unknown'
  const accented = `=${composeText(text, genderTextLengthMax)?.toLowerCase()}`
  const isLatinLetter = /^[a-z]$/.test(folded)
  const meant =
    near.get(accented) ??
    near.get(folded) ??
    (isLatinLetter ? undefined : (wordsOfAll.get(accented) ?? wordsOfAll.get(folded))) ??
    abbreviated(near, folded, abbreviationLengthMin) ??
    abbreviated(wordsOfAll, folded, abbreviationLengthMin + 1)
  return meant?.size === 1 ? [...meant][0]! : genderInvalid
}

/** What the words mean that begin so; undefined where none does. */
function abbreviated(words: Words, beginning: string, lengthMin: number): Set<Gender> | undefined {
  if (beginning.length < lengthMin) return undefined
  const meant = [...words].filter(([word]) => word.startsWith(beginning))
  return meant.length === 0 ? undefined : new Set(meant.flatMap(([, genders]) => [...genders]))
}

function collectWords(line: string): Words {
  const [male = '', female = '', other = ''] = line.split('|')
  const words = new Map<string, Set<Gender>>()
  for (const [gender, list] of [
    ['male', `${male} male`],
    ['female', `${female} female`],
    ['other', `${other} other`],
    ['unknown', 'unknown'],
  ] as const) {
    for (const word of list.split(' ').filter(Boolean)) addMeaning(words, keyOf(word), gender)
  }
  return words
}

/** Words keep their accents after `=`; `~` stands for a blank. */
function keyOf(word: string): string {
  return word.startsWith('=') ? word : foldText(word.replaceAll('~', ' '))
}

function joinWords(languages: readonly string[]): Words {
  const joined = new Map<string, Set<Gender>>()
  for (const language of languages) {
    const main = language.split('-')[0]!
    const words = wordsByLanguage.get(language) ?? wordsByLanguage.get(main) ?? []
    for (const [word, meant] of words) {
      for (const gender of meant) addMeaning(joined, word, gender)
    }
  }
  return joined
}

function addMeaning(words: Map<string, Set<Gender>>, word: string, gender: Gender): void {
  words.set(word, (words.get(word) ?? new Set()).add(gender))
}
