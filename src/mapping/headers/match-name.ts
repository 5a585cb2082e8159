/** What one column name means in one language. */
import { foldText } from '../fold-text.ts'
import { type Dictionary, neighbours } from './dictionary.ts'
import type { NamedField } from './header-words.ts'

export interface NameMatch {
  readonly field: NamedField
  /** 1-based member of a family that the name tells, as in "phone 2"; undefined where it tells none. */
  readonly member: number | undefined
  /** `weak`: a name that stands back behind any other name of its field. */
  readonly likeness: 'name' | 'weak' | 'similar'
  /** 0 to 1: the share of the header's words that the field's names cover. */
  readonly covered: number
}

/** Words that number a member of a family; those of all languages, as sheets mix them. */
const memberWords: ReadonlyMap<string, number> = new Map(
  [
    '1|i|pierwszy|pierwsza|first|erste|erstes|primer|primero|premier|primo|prvni',
    `2|ii|drugi|druga|dodatkowy|dodatkowa|dodatkowe|alternatywny|alternatywna|alternatywne|inny|kolejny 2|second|secondary
    |additional|alternative|alternate|other|backup|zweite|zweites|weitere|weiteres|alternativ|otro|segundo|alternativo
    |autre|second|secondaire|secondo|altro|outro|druhy|dalsi|inne|додатковий|додаткова|дополнительный`,
    '3|iii|trzeci|trzecia|third|dritte|drittes|tercer|tercero|troisieme|terzo|terceiro|treti',
    '4|iv',
    '5|v',
    '6|vi',
  ].flatMap((words, at) => words.split('|').map(word => [foldText(word), at + 1] as const)),
)

const nameWordsMax = 6
/** Longer headers are sentences. */
const headerWordsMax = 12

/** The fields that have further members: only there a number tells which. */
const families: ReadonlySet<NamedField> = new Set(['phone', 'email'])

/** A field named beside another that it merely tells more of: the company's phone is a phone. */
const owners: ReadonlySet<NamedField> = new Set(['companyName', 'fullName', 'externalId'])
const owned: ReadonlySet<NamedField> = new Set([
  'position',
  'phone',
  'email',
  'street',
  'postalCode',
  'city',
  'country',
  'taxId',
  'website',
  'birthDate',
  'gender',
])

/** `name` is folded. Undefined where it means nothing that is known, or more than one thing. */
export function matchName(name: string, dictionary: Dictionary): NameMatch | undefined {
  const whole = dictionary.fieldsByName.get(name)
  if (whole) {
    const likeness = dictionary.weakNames.has(name) ? 'weak' : 'name'
    return { field: whole, member: undefined, likeness, covered: 1 }
  }
  const words = name.split(' ')
  if (words.length > headerWordsMax) return undefined
  return matchWords(words, dictionary) ?? matchMistyped(name, dictionary)
}

/** What the words of a name mean, none of them mistyped. Folded words, as many as a name has. */
export function matchWords(
  words: readonly string[],
  dictionary: Dictionary,
): NameMatch | undefined {
  const fields = new Set<NamedField>()
  let member: number | undefined
  let named = 0
  for (let at = 0; at < words.length; ) {
    const { meaning, length } = longestRun(words, at, dictionary)
    if (meaning?.kind === 'name') {
      fields.add(meaning.field)
      named += length
    } else if (meaning === undefined) {
      const number = memberWords.get(words[at]!)
      // An unknown word may turn the name into anything.
      if (number === undefined || member !== undefined) return undefined
      member = number
      named += 1
    } else if (meaning.kind === 'foreign') {
      return undefined
    }
    at += length
  }
  const field = oneMeaning(fields) ?? loneNeutralName(words, member, dictionary)
  if (field === undefined) return undefined
  if (member !== undefined && member > 1 && !families.has(field)) return undefined
  return { field, member, likeness: 'name', covered: Math.max(named, 1) / words.length }
}

function longestRun(words: readonly string[], at: number, { meanings }: Dictionary) {
  for (let length = Math.min(nameWordsMax, words.length - at); length > 0; length--) {
    const meaning = meanings.get(words.slice(at, at + length).join(' '))
    if (meaning) return { meaning, length }
  }
  return { meaning: undefined, length: 1 }
}

function oneMeaning(fields: ReadonlySet<NamedField>): NamedField | undefined {
  const named = [...fields]
  if (named.length === 1) return named[0]
  if (named.length !== 2) return undefined
  if (fields.has('firstName') && fields.has('lastName')) return 'fullName'
  if (fields.has('street') && fields.has('houseNumber')) return 'street'
  const thing = named.find(field => owned.has(field))
  const owner = named.find(field => owners.has(field))
  return owner === undefined ? undefined : thing
}

/** "Kom. 2": the words beside the number are a name together, though each is neutral beside another name. */
function loneNeutralName(
  words: readonly string[],
  member: number | undefined,
  { fieldsByName }: Dictionary,
): NamedField | undefined {
  if (member === undefined) return undefined
  return fieldsByName.get(words.filter(word => !memberWords.has(word)).join(' '))
}

function matchMistyped(name: string, { fieldsByNeighbour }: Dictionary): NameMatch | undefined {
  const fields = new Set(
    neighbours(name).flatMap(neighbour => [...(fieldsByNeighbour.get(neighbour) ?? [])]),
  )
  if (fields.size !== 1) return undefined
  const [field] = fields
  return { field: field!, member: undefined, likeness: 'similar', covered: 1 }
}
