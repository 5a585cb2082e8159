/**
 * The names under which the fields of a catalogue are known, by name and by what one left-out letter makes
 * of it. Made once for a catalogue; how a header is compared with them is `match-headers.ts`'s part.
 */
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import { familyOf } from './field-families.ts'
import { foldText } from './fold-text.ts'
import { headerSynonyms, memberWords } from './header-synonyms.ts'
import { fieldKind } from './kinds/index.ts'

export type MatchReason =
  /** The header is the field's label or key. */
  | 'header-exact'
  /** The header is another name of the field. */
  | 'header-synonym'
  /** The header is a name with one mistyped letter, contains a name, or is the second of its kind. */
  | 'header-similar'
  | 'none'

export interface Match {
  /** key of the field */
  readonly field: string
  /** 0 (nothing known) to 1 (the field's own name) */
  readonly confidence: number
  readonly reason: MatchReason
}

export interface HeaderIndex {
  readonly matchesByName: ReadonlyMap<string, Match>
  /** Fields under each text that one left-out letter makes of a name: two such sets meet at one mistyped letter. */
  readonly fieldsByNeighbour: ReadonlyMap<string, readonly string[]>
  /** Keys of a field's family, in order. */
  readonly families: ReadonlyMap<string, readonly string[]>
}

const exact = 1
const synonym = 0.9

/** Shorter names have too many neighbours at one letter's distance. */
const mistypedCharactersMin = 5
/** No known name is longer. */
const mistypedCharactersMax = 40

const indexes = new WeakMap<FieldCatalogue, HeaderIndex>()

/** The index of a catalogue, made at its first use. */
export function headerIndexOf(catalogue: FieldCatalogue): HeaderIndex {
  const known = indexes.get(catalogue)
  if (known) return known
  const matchesByName = indexNames(catalogue)
  const index = {
    matchesByName,
    fieldsByNeighbour: indexNeighbours(matchesByName),
    families: new Map(
      catalogue.fields.map(field => [field.key, familyOf(field, catalogue).map(({ key }) => key)]),
    ),
  }
  indexes.set(catalogue, index)
  return index
}

/** Every known name with its field; a name given twice belongs to the field that named it first. */
function indexNames(catalogue: FieldCatalogue): ReadonlyMap<string, Match> {
  const index = new Map<string, Match>()
  const add = (name: string, match: Match) => {
    if (!index.has(name)) index.set(name, match)
  }
  for (const { key, column, labels } of catalogue.fields) {
    const match: Match = { field: key, confidence: exact, reason: 'header-exact' }
    for (const name of [labels.en, labels.pl, key, column]) add(foldText(name), match)
  }
  for (const field of catalogue.fields) {
    const match: Match = { field: field.key, confidence: synonym, reason: 'header-synonym' }
    for (const name of headerSynonyms[field.key] ?? []) add(name, match)
    for (const name of memberNames(field.key, fieldKind(field.kind).headers, catalogue)) {
      add(name, match)
    }
  }
  return index
}

/** Names of a kind's first field are those of the kind; the later ones of a family are numbered. */
function memberNames(
  key: string,
  headers: readonly string[],
  catalogue: FieldCatalogue,
): readonly string[] {
  const field = catalogue.find(key)!
  const ofKind = catalogue.fields.filter(({ kind }) => kind === field.kind)
  const member = ofKind.indexOf(field)
  const numbered = familyOf(field, catalogue).length > 1 ? (memberWords[member] ?? []) : []
  return [
    ...(member === 0 ? headers : []),
    ...headers.flatMap(name => numbered.flatMap(word => [`${name} ${word}`, `${word} ${name}`])),
  ]
}

function indexNeighbours(matchesByName: ReadonlyMap<string, Match>) {
  const index = new Map<string, string[]>()
  for (const [name, { field }] of matchesByName) {
    if (!hasNeighbours(name)) continue
    for (const neighbour of neighbours(name)) {
      const fields = index.get(neighbour)
      if (!fields) index.set(neighbour, [field])
      else if (!fields.includes(field)) fields.push(field)
    }
  }
  return index
}

/** Names with digits have none: one digit is all that tells `phone 2` from `phone 3`. */
export function hasNeighbours(name: string): boolean {
  if (name.length < mistypedCharactersMin || name.length > mistypedCharactersMax) return false
  return !/\d/.test(name)
}

export function neighbours(name: string): string[] {
  return [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]
}
