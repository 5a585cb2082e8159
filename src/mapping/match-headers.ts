/**
 * Which contact field a column probably fills, judged by its header alone. It suggests; a person decides:
 * what could mean two fields is left open, and each field is suggested once, for the surest column.
 */
import { type ContactFieldKey, contactFields } from '../contracts/contact-fields.ts'
import { foldText } from './fold-text.ts'
import { fieldFamilies, headerSynonyms, memberWords, otherMeaningWords } from './header-synonyms.ts'

export type MatchReason =
  /** The header is the field's label or key. */
  | 'header-exact'
  /** The header is another name of the field. */
  | 'header-synonym'
  /** The header is a name with one mistyped letter, contains a name, or is the second of its kind. */
  | 'header-similar'
  | 'none'

export interface ColumnSuggestion {
  /** 1-based. */
  readonly column: number
  readonly field: ContactFieldKey | null
  /** 0 (nothing known) to 1 (the field's own name). */
  readonly confidence: number
  readonly reason: MatchReason
}

interface Match {
  readonly field: ContactFieldKey
  readonly confidence: number
  readonly reason: MatchReason
}

const exact = 1
const synonym = 0.9
const mistyped = 0.75
/** A contained name counts from here up to `containedMax`, by its share of the header's words. */
const containedMin = 0.5
const containedMax = 0.75
/** What a header loses for each step that it moves on in its family of fields. */
const nextMemberLoss = 0.2

/** Longer headers are sentences; their beginning is enough. */
const headerCharactersMax = 100
const headerWordsMax = 12
const nameWordsMax = 5
/** Shorter names have too many neighbours at one letter's distance. */
const mistypedCharactersMin = 5
/** No known name is longer. */
const mistypedCharactersMax = 40

const matchesByName = indexNames()
const fieldsByNeighbour = indexNeighbours()

/** One suggestion for each header, in order; `headers[0]` is column 1 and null is a column without a name. */
export function suggestMapping(headers: readonly (string | null)[]): ColumnSuggestion[] {
  const suggestions: ColumnSuggestion[] = headers.map((_, index) => ({
    column: index + 1,
    field: null,
    confidence: 0,
    reason: 'none',
  }))
  const candidates = headers.flatMap((header, index) =>
    header === null ? [] : withNextMembers(matchHeader(header)).map(match => ({ index, match })),
  )
  candidates.sort((a, b) => b.match.confidence - a.match.confidence || a.index - b.index)
  const taken = new Set<ContactFieldKey>()
  for (const { index, match } of candidates) {
    if (taken.has(match.field) || suggestions[index]!.field !== null) continue
    taken.add(match.field)
    suggestions[index] = { column: index + 1, ...match }
  }
  return suggestions
}

function matchHeader(header: string): Match | null {
  const name = foldText(header.slice(0, headerCharactersMax))
  if (name === '') return null
  return matchesByName.get(name) ?? matchMistyped(name) ?? matchContained(name.split(' '))
}

function matchMistyped(name: string): Match | null {
  if (!hasNeighbours(name)) return null
  const fields = new Set(
    neighbours(name).flatMap(neighbour => fieldsByNeighbour.get(neighbour) ?? []),
  )
  if (fields.size !== 1) return null
  const [field] = fields
  return { field: field!, confidence: mistyped, reason: 'header-similar' }
}

/** The one field whose name stands in the header; null when there are names of several, or other words. */
function matchContained(words: readonly string[]): Match | null {
  if (words.length > headerWordsMax) return null
  const fields = new Set<ContactFieldKey>()
  let named = 0
  for (let at = 0; at < words.length; ) {
    const { field, length } = longestName(words, at)
    if (field) {
      fields.add(field)
      named += length
    } else if (otherMeaningWords.has(words[at]!)) {
      return null
    }
    at += length
  }
  if (fields.size !== 1) return null
  const [field] = fields
  const confidence = containedMin + (containedMax - containedMin) * (named / words.length)
  return { field: field!, confidence: Math.round(confidence * 100) / 100, reason: 'header-similar' }
}

function longestName(words: readonly string[], at: number) {
  for (let length = Math.min(nameWordsMax, words.length - at); length > 0; length--) {
    const match = matchesByName.get(words.slice(at, at + length).join(' '))
    if (match) return { field: match.field, length }
  }
  return { field: null, length: 1 }
}

/** The match itself, then the later members of its family for when its field is taken. */
function withNextMembers(match: Match | null): Match[] {
  if (!match) return []
  const family = fieldFamilies.find(members => members.includes(match.field)) ?? [match.field]
  const later = family.slice(family.indexOf(match.field) + 1)
  const next = later.map((field, step): Match => {
    const confidence = Math.max(0.1, match.confidence - nextMemberLoss * (step + 1))
    return { field, confidence: Math.round(confidence * 100) / 100, reason: 'header-similar' }
  })
  return [match, ...next]
}

/** Every known name with its field; a name given twice belongs to what named it first. */
function indexNames(): ReadonlyMap<string, Match> {
  const index = new Map<string, Match>()
  const add = (name: string, match: Match) => {
    if (!index.has(name)) index.set(name, match)
  }
  for (const { key, column, labels } of contactFields) {
    const match: Match = { field: key, confidence: exact, reason: 'header-exact' }
    for (const name of [labels.en, labels.pl, key, column]) add(foldText(name), match)
  }
  for (const { key } of contactFields) {
    const match: Match = { field: key, confidence: synonym, reason: 'header-synonym' }
    for (const name of headerSynonyms[key] ?? []) add(name, match)
  }
  for (const family of fieldFamilies) {
    for (const [member, field] of family.entries()) {
      const match: Match = { field, confidence: synonym, reason: 'header-synonym' }
      for (const name of headerSynonyms[family[0]!] ?? []) {
        for (const word of memberWords[member]!) {
          add(`${name} ${word}`, match)
          add(`${word} ${name}`, match)
        }
      }
    }
  }
  return index
}

/** Names under each text that one left-out letter makes of them: two such sets meet at one mistyped letter. */
function indexNeighbours(): ReadonlyMap<string, ContactFieldKey[]> {
  const index = new Map<string, ContactFieldKey[]>()
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
function hasNeighbours(name: string): boolean {
  if (name.length < mistypedCharactersMin || name.length > mistypedCharactersMax) return false
  return !/\d/.test(name)
}

function neighbours(name: string): string[] {
  return [name, ...Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1))]
}
