/**
 * A dictionary made ready for comparison: folded names, neutral and foreign words of one language, and what one
 * left-out letter makes of its names. How a header is compared with it is `match-name.ts`'s part.
 */
import { foldText } from '../fold-text.ts'
import type { HeaderWords, NamedField } from './header-words.ts'
import { dictionaries } from './index.ts'

export type Meaning =
  | { readonly kind: 'name'; readonly field: NamedField }
  | { readonly kind: 'neutral' }
  | { readonly kind: 'foreign' }

export interface Dictionary {
  readonly language: string
  readonly fieldsByName: ReadonlyMap<string, NamedField>
  /** Names that stand back behind any other name of their field. */
  readonly weakNames: ReadonlySet<string>
  /** Names, neutral and foreign words: what a run of words in a header means. */
  readonly meanings: ReadonlyMap<string, Meaning>
  /** Fields under each text that one left-out letter makes of a name: two such sets meet at one mistyped letter. */
  readonly fieldsByNeighbour: ReadonlyMap<string, ReadonlySet<NamedField>>
}

/** Shorter names have too many neighbours at one letter's distance. */
const mistypedCharactersMin = 6
/** No name of a dictionary is longer. */
const mistypedCharactersMax = 40

let prepared: readonly Dictionary[] | undefined

/** All dictionaries, folded at their first use. */
export function preparedDictionaries(): readonly Dictionary[] {
  prepared ??= dictionaries.map(prepareDictionary)
  return prepared
}

function prepareDictionary({ language, fields, neutral, foreign }: HeaderWords): Dictionary {
  const fieldsByName = new Map<string, NamedField>()
  const weakNames = new Set<string>()
  for (const [field, names] of Object.entries(fields)) {
    for (const written of names.split('|')) {
      const name = foldText(written.replace('~', ''))
      if (name === '' || fieldsByName.has(name)) continue
      fieldsByName.set(name, field as NamedField)
      if (written.includes('~')) weakNames.add(name)
    }
  }
  const meanings = new Map<string, Meaning>()
  for (const word of foldedWords(neutral)) meanings.set(word, { kind: 'neutral' })
  for (const word of foldedWords(foreign)) meanings.set(word, { kind: 'foreign' })
  for (const [name, field] of fieldsByName) {
    // A word that is a name when it stands alone and neutral beside another name: "kom", "mobile", "contact".
    if (meanings.get(name)?.kind !== 'neutral') meanings.set(name, { kind: 'name', field })
  }
  const fieldsByNeighbour = indexNeighbours(fieldsByName)
  return { language, fieldsByName, weakNames, meanings, fieldsByNeighbour }
}

/** Words as they stand between bars, folded. */
function foldedWords(words: string): string[] {
  return words.split('|').map(foldText).filter(Boolean)
}

function indexNeighbours(fieldsByName: ReadonlyMap<string, NamedField>) {
  const index = new Map<string, Set<NamedField>>()
  for (const [name, field] of fieldsByName) {
    for (const neighbour of neighbours(name)) {
      const fields = index.get(neighbour)
      if (fields) fields.add(field)
      else index.set(neighbour, new Set([field]))
    }
  }
  return index
}

/** The name itself and what each left-out letter makes of it; none for short names and those with digits. */
export function neighbours(name: string): string[] {
  if (name.length < mistypedCharactersMin || name.length > mistypedCharactersMax) return []
  if (/\d/.test(name)) return []
  return [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]
}
