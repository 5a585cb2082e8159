/**
 * Which contact field a column probably fills, judged by its header alone. It suggests; a person decides:
 * what could mean two fields is left open, and each field is suggested once, for the surest column.
 */
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import { foldText } from './fold-text.ts'
import {
  type HeaderIndex,
  hasNeighbours,
  headerIndexOf,
  type Match,
  type MatchReason,
  neighbours,
} from './header-index.ts'
import { otherMeaningWords } from './header-synonyms.ts'

export interface ColumnSuggestion {
  /** 1-based. */
  readonly column: number
  readonly field: string | null
  /** 0 (nothing known) to 1 (the field's own name). */
  readonly confidence: number
  readonly reason: MatchReason
}

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

/** One suggestion for each header, in order; `headers[0]` is column 1 and null is a column without a name. */
export function suggestMapping(
  headers: readonly (string | null)[],
  catalogue: FieldCatalogue,
): ColumnSuggestion[] {
  const index = headerIndexOf(catalogue)
  const suggestions: ColumnSuggestion[] = headers.map((_, at) => ({
    column: at + 1,
    field: null,
    confidence: 0,
    reason: 'none',
  }))
  const candidates = headers.flatMap((header, at) =>
    header === null
      ? []
      : withNextMembers(matchHeader(header, index), index).map(match => ({ at, match })),
  )
  candidates.sort((a, b) => b.match.confidence - a.match.confidence || a.at - b.at)
  const taken = new Set<string>()
  for (const { at, match } of candidates) {
    if (taken.has(match.field) || suggestions[at]!.field !== null) continue
    taken.add(match.field)
    suggestions[at] = { column: at + 1, ...match }
  }
  return suggestions
}

function matchHeader(header: string, index: HeaderIndex): Match | null {
  const name = foldText(header.slice(0, headerCharactersMax))
  if (name === '') return null
  return (
    index.matchesByName.get(name) ??
    matchMistyped(name, index) ??
    matchContained(name.split(' '), index)
  )
}

function matchMistyped(name: string, { fieldsByNeighbour }: HeaderIndex): Match | null {
  if (!hasNeighbours(name)) return null
  const fields = new Set(
    neighbours(name).flatMap(neighbour => fieldsByNeighbour.get(neighbour) ?? []),
  )
  if (fields.size !== 1) return null
  const [field] = fields
  return { field: field!, confidence: mistyped, reason: 'header-similar' }
}

/** The one field whose name stands in the header; null when there are names of several, or other words. */
function matchContained(words: readonly string[], index: HeaderIndex): Match | null {
  if (words.length > headerWordsMax) return null
  const fields = new Set<string>()
  let named = 0
  for (let at = 0; at < words.length; ) {
    const { field, length } = longestName(words, at, index)
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

function longestName(words: readonly string[], at: number, { matchesByName }: HeaderIndex) {
  for (let length = Math.min(nameWordsMax, words.length - at); length > 0; length--) {
    const match = matchesByName.get(words.slice(at, at + length).join(' '))
    if (match) return { field: match.field, length }
  }
  return { field: null, length: 1 }
}

/** The match itself, then the later members of its family for when its field is taken. */
function withNextMembers(match: Match | null, { families }: HeaderIndex): Match[] {
  if (!match) return []
  const family = families.get(match.field)!
  const later = family.slice(family.indexOf(match.field) + 1)
  const next = later.map((field, step): Match => {
    const confidence = Math.max(0.1, match.confidence - nextMemberLoss * (step + 1))
    return { field, confidence: Math.round(confidence * 100) / 100, reason: 'header-similar' }
  })
  return [match, ...next]
}
