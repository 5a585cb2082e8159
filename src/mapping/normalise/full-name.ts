/**
 * Full names, kept as they are written. The normaliser says which word is the first name only where the list of given
 * names tells both orders apart: given names on one side alone, and one among them that is hardly anybody's last name.
 */
import type { FindingCode } from '../../contracts/findings.ts'
import { isGivenName, isOnlyGivenName } from '../given-names.ts'
import { type CellOutcome, type Parted, parted } from './outcome.ts'
import { normaliseText } from './text.ts'

/** Longer names have titles, or are names of companies. */
const wordsMax = 4

/** Letters, with hyphens and apostrophes within; a point or digit belongs to a title or a company. */
const nameWord = /^\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)*$/u

/** Endings that last names have and given names have not. */
const lastNameEnding =
  /(?:[sc]k[ia]|dzk[ia]|wicz|czyk|enko|[cs][hz]?uk|ov[aá]|sson|ский|ская|цький|ська|енко|чук)$/iu

/** Parts are the first name and the last name. */
export function normaliseFullName(text: string, lengthMax: number): CellOutcome {
  const outcome = normaliseText(text, lengthMax)
  if (typeof outcome === 'string') return withParts(outcome, outcome, 'noted', 'name-split')
  if (outcome?.outcome !== 'repaired' || outcome.value === null) return outcome
  return withParts(outcome, outcome.value, 'repaired', outcome.code)
}

function withParts(
  outcome: CellOutcome,
  name: string,
  ...told: readonly [Parted['told'], FindingCode]
): CellOutcome {
  const parts = splitFullName(name)
  return parts === null ? outcome : parted(name, parts, ...told)
}

/** The first name and the last name, or null where nobody can say for certain. */
export function splitFullName(name: string): readonly [firstName: string, lastName: string] | null {
  const words = name.split(' ', wordsMax + 1)
  if (words.length < 2 || words.length > wordsMax) return null
  if (words[0]!.endsWith(',')) return splitAtComma(words)
  if (!words.every(word => nameWord.test(word))) return null
  const given = words.map(isGivenName)
  const first = given.indexOf(true)
  const last = given.lastIndexOf(true)
  const isOneRun = first >= 0 && given.slice(first, last + 1).every(Boolean)
  // Two words of which none is a given name may be either's, and a third word given name that the list lacks.
  if (!isOneRun || words.length - (last + 1 - first) !== 1) return null
  const firstNames = words.slice(first, last + 1)
  const lastName = words[first === 0 ? words.length - 1 : 0]!
  if (!firstNames.some(isOnlyGivenName) && !lastNameEnding.test(lastName)) return null
  return [firstNames.join(' '), lastName]
}

/** `Nowak, Anna Maria`: the list must agree that given names stand behind the comma. */
function splitAtComma([first, ...rest]: readonly string[]): [string, string] | null {
  const lastName = first!.slice(0, -1)
  if (![lastName, ...rest].every(word => nameWord.test(word))) return null
  if (isOnlyGivenName(lastName) || !rest.every(isGivenName)) return null
  return [rest.join(' '), lastName]
}
