/**
 * Which contact field a column probably fills, judged by the names of all columns of a sheet and, where they are
 * known, by their contents. It suggests; a person decides: a name that could mean two fields, or somebody else's data,
 * is left open, and each field is suggested once, for the surest column.
 */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import type { ColumnProfile } from '../contracts/sheet-description.ts'
import type { SuggestionReason } from '../contracts/suggestion-reasons.ts'
import { familyOf } from './field-families.ts'
import { foldText } from './fold-text.ts'
import { type Dictionary, preparedDictionaries } from './headers/dictionary.ts'
import type { NamedField } from './headers/header-words.ts'
import { isForeignIn, isForeignName, isKnownName } from './headers/known-name.ts'
import { matchName, type NameMatch } from './headers/match-name.ts'
import { nameJoint } from './join-header-rows.ts'
import { confirms, gainsays, proposeByContents } from './judge-by-contents.ts'
import { fieldKind } from './kinds/index.ts'

export interface ColumnSuggestion {
  /** 1-based. */
  readonly column: number
  readonly field: string | null
  /** 0 (nothing known) to 1 (the field's own name). */
  readonly confidence: number
  readonly reason: SuggestionReason
}

interface Match {
  /** key of the field */
  readonly field: string
  readonly confidence: number
  readonly reason: SuggestionReason
}

const exact = 1
const synonym = 0.9
/** A name among neutral words counts from here up to `containedMax`, by its share of the header's words. */
const containedMin = 0.65
const containedMax = 0.85
const weak = 0.8
const mistyped = 0.75
/** What a header loses for each step that it moves on in its family of fields. */
const nextMemberLoss = 0.1
const confidenceMin = 0.1

/** Longer headers are sentences; their beginning is enough. */
const headerCharactersMax = 100

/**
 * One suggestion for each header, in order; `headers[0]` is column 1 and null is a column without a name. `profiles`
 * tell what the columns hold, in the same order; without them the names alone decide.
 */
export function suggestMapping(
  headers: readonly (string | null)[],
  catalogue: FieldCatalogue,
  profiles: readonly ColumnProfile[] = [],
): ColumnSuggestion[] {
  const names = headers.map(foldHeader)
  const dictionaries = byUseInSheet(names)
  const gainsaid = new Set<number>()
  const candidates = names.flatMap((name, at) => {
    const matches = matchesOf(name, headers[at] ?? '', { dictionaries, catalogue })
    const agreed = matches.filter(({ field }) => !gainsays(profiles[at], catalogue.find(field)!))
    if (agreed.length < matches.length) gainsaid.add(at)
    const proposed = matches.length === 0 ? candidatesOfContents(name, profiles[at], catalogue) : []
    const judged = agreed.map(match =>
      confirms(profiles[at], catalogue.find(match.field)!) ? confirmed(match) : match,
    )
    return [...judged, ...proposed].map(match => ({ at, match }))
  })
  candidates.sort((a, b) => b.match.confidence - a.match.confidence || a.at - b.at)
  const suggestions: ColumnSuggestion[] = headers.map((_, at) => ({
    column: at + 1,
    field: null,
    confidence: 0,
    reason: gainsaid.has(at) ? 'contents-gainsay' : 'none',
  }))
  const taken = new Set<string>()
  for (const { at, match } of candidates) {
    if (taken.has(match.field) || suggestions[at]!.field !== null) continue
    taken.add(match.field)
    suggestions[at] = { column: at + 1, ...match }
  }
  return suggestions
}

/** Folded; a sign for "number" is the word, which folding would drop. */
function foldHeader(header: string | null): string {
  return foldText((header ?? '').slice(0, headerCharactersMax).replaceAll(/[#№]/g, ' no '))
}

/**
 * The language that names the most columns of the sheet comes first: "kod" is a postal code beside "ulica" and
 * "miasto", and a customer's number beside "jméno". Of equals the order of the dictionaries decides.
 */
function byUseInSheet(names: readonly string[]): Dictionary[] {
  const uses = new Map(
    preparedDictionaries().map(dictionary => [
      dictionary,
      names.filter(name => dictionary.fieldsByName.has(name)).length,
    ]),
  )
  return [...uses.keys()].sort((a, b) => uses.get(b)! - uses.get(a)!)
}

/** Of a name in two rows, `Osoba – Imię`, the lower part counts where the whole says nothing. */
function matchesOf(
  name: string,
  header: string,
  { dictionaries, catalogue }: { dictionaries: readonly Dictionary[]; catalogue: FieldCatalogue },
): Match[] {
  const matches = candidatesOf(name, dictionaries, catalogue)
  const joint = header.lastIndexOf(nameJoint)
  if (matches.length > 0 || joint < 0 || isForeignName(name)) return matches
  return candidatesOf(foldHeader(header.slice(joint + nameJoint.length)), dictionaries, catalogue)
}

/** Where the dictionaries know a name, as a field's or as somebody else's, the contents have nothing to say. */
function candidatesOfContents(
  name: string,
  profile: ColumnProfile | undefined,
  catalogue: FieldCatalogue,
): Match[] {
  if (name !== '' && isKnownName(name)) return []
  const proposed = proposeByContents(profile, catalogue)
  return proposed ? withNextMembers({ ...proposed, reason: 'contents' }, catalogue) : []
}

function candidatesOf(
  name: string,
  dictionaries: readonly Dictionary[],
  catalogue: FieldCatalogue,
): Match[] {
  if (name === '') return []
  const own = ownName(name, catalogue)
  if (own && !isOtherwiseNamed(name, own, { leading: dictionaries[0]!, catalogue })) {
    return withNextMembers(own, catalogue)
  }
  const found = firstMatch(name, dictionaries)
  const match = found && inCatalogue(found, catalogue)
  return match ? withNextMembers(match, catalogue) : []
}

/** Labels are English and Polish: what a Czech list calls "kraj" is a region. */
function isOtherwiseNamed(
  name: string,
  { field }: Match,
  { leading, catalogue }: { leading: Dictionary; catalogue: FieldCatalogue },
): boolean {
  const named = leading.fieldsByName.get(name)
  return named !== undefined && namedField(named, catalogue)?.key !== field
}

/** A field's label, key or column. */
function ownName(name: string, catalogue: FieldCatalogue): Match | undefined {
  const { fields } = catalogue
  const isNamed = (...names: string[]) => names.some(own => foldText(own) === name)
  const field =
    fields.find(({ labels }) => isNamed(labels.en, labels.pl)) ??
    fields.find(field => isNamed(...codeNames(field)) && !isOfAnother(name, field.key, catalogue))
  return field && { field: field.key, confidence: exact, reason: 'header-exact' }
}

/** What programmers call a field. */
function codeNames({ key, column, custom }: ContactField): string[] {
  return custom ? [key, custom.key] : [key, column]
}

/** Keys are words of programmers: what an English list calls "title" is a position. */
function isOfAnother(name: string, key: string, catalogue: FieldCatalogue): boolean {
  const english = preparedDictionaries().find(({ language }) => language === 'en')!
  const named = english.fieldsByName.get(name)
  const other = named && namedField(named, catalogue)
  return other !== undefined && other.key !== key
}

/** A name of any language goes before words that only resemble one. */
function firstMatch(name: string, dictionaries: readonly Dictionary[]): NameMatch | undefined {
  for (const dictionary of dictionaries) {
    if (dictionary.fieldsByName.has(name)) return matchName(name, dictionary)
  }
  // The word of the sheet's own language is no mistyped word of another: "department" is no French "département".
  const [leading] = dictionaries
  const asked = isForeignIn(leading!, name) ? [leading!] : dictionaries
  const matches = asked.flatMap(dictionary => matchName(name, dictionary) ?? [])
  return matches.find(({ likeness }) => likeness === 'name') ?? onlyMeaning(matches)
}

/** One mistyped letter makes words of one language into those of another: all must mean one field. */
function onlyMeaning(matches: readonly NameMatch[]): NameMatch | undefined {
  return new Set(matches.map(({ field }) => field)).size === 1 ? matches[0] : undefined
}

function inCatalogue(match: NameMatch, catalogue: FieldCatalogue): Match | undefined {
  const first = namedField(match.field, catalogue)
  const field = first && familyOf(first, catalogue)[(match.member ?? 1) - 1]
  if (!field) return undefined
  if (match.likeness === 'similar') {
    return { field: field.key, confidence: mistyped, reason: 'header-similar' }
  }
  if (match.covered === 1) {
    const confidence = match.likeness === 'weak' ? weak : synonym
    return { field: field.key, confidence, reason: 'header-synonym' }
  }
  const confidence = containedMin + (containedMax - containedMin) * match.covered
  return { field: field.key, confidence: rounded(confidence), reason: 'header-similar' }
}

/** The field of that key, or the first of the kind that goes by that name. */
function namedField(name: NamedField, catalogue: FieldCatalogue): ContactField | undefined {
  const ofKind = catalogue.fields.find(({ kind }) => fieldKind(kind).headerName === name)
  return ofKind ?? catalogue.find(name)
}

/** The match itself, then the later members of its family for when its field is taken. */
function withNextMembers(match: Match, catalogue: FieldCatalogue): Match[] {
  const family = familyOf(catalogue.find(match.field)!, catalogue)
  const nextReason = match.reason === 'contents' ? 'contents' : 'header-similar'
  const at = family.findIndex(({ key }) => key === match.field)
  const next = family.slice(at + 1).map(({ key }, step): Match => {
    const confidence = Math.max(confidenceMin, match.confidence - nextMemberLoss * (step + 1))
    return { field: key, confidence: rounded(confidence), reason: nextReason }
  })
  return [match, ...next]
}

/** Values of the field take half of the doubt that its name leaves. */
function confirmed(match: Match): Match {
  return { ...match, confidence: rounded((1 + match.confidence) / 2) }
}

function rounded(confidence: number): number {
  return Math.round(confidence * 100) / 100
}
