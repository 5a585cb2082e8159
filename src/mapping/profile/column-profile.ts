/**
 * What the columns of a sheet hold, judged by a sample of its rows: how much is filled, how many values differ, and
 * which share of them is of which kind. Made once, at the upload; a suggestion and the warnings of a mapping read it.
 */
import {
  type ColumnProfile,
  type ValueKind,
  valueKinds,
} from '../../contracts/sheet-description.ts'
import { cellText, type SheetCell, type SheetRow } from '../cell.ts'
import { languagesOf } from '../region-languages.ts'
import type { ValueJudge } from './value-kinds.ts'

/** Regions and languages with smaller shares say nothing. */
const shareMin = 0.05
/** The shares of one list that are kept. */
const sharesMax = 6

interface Tally {
  values: number
  readonly distinct: Set<string>
  readonly kinds: Map<string, number>
  readonly regions: Map<string, number>
  readonly postalRegions: Map<string, number>
  readonly languages: Map<string, number>
  likePhone: number
  likeEmail: number
}

export interface ProfileOptions {
  /** Columns of the sheet that are judged, from the first. */
  readonly columnCount: number
  /** A judge of cells; it remembers what it judged. */
  readonly judge: ValueJudge
}

/** Profiles of all columns, those without values among them. `rows` are rows of data. */
export function profileColumns(
  rows: readonly SheetRow[],
  { columnCount, judge }: ProfileOptions,
): ColumnProfile[] {
  const tallies = Array.from({ length: columnCount }, createTally)
  for (const { cells } of rows) {
    for (const cell of cells) {
      const tally = tallies[cell.column - 1]
      if (tally !== undefined) countCell(tally, cell, judge)
    }
  }
  return tallies.map((tally, at) => toProfile(at + 1, tally, rows.length))
}

function createTally(): Tally {
  return {
    values: 0,
    distinct: new Set(),
    kinds: new Map(),
    regions: new Map(),
    postalRegions: new Map(),
    languages: new Map(),
    likePhone: 0,
    likeEmail: 0,
  }
}

function countCell(tally: Tally, cell: SheetCell, judge: ValueJudge): void {
  const text = cellText(cell)
  if (text.trim() === '') return
  tally.values += 1
  tally.distinct.add(text)
  const judged = judge(cell)
  countAll(tally.kinds, judged.kinds)
  countAll(tally.regions, judged.regions)
  countAll(tally.postalRegions, judged.postalRegions)
  countAll(tally.languages, judged.languages)
  if (judged.likePhone) tally.likePhone += 1
  if (judged.likeEmail) tally.likeEmail += 1
}

function countAll(counts: Map<string, number>, keys: readonly string[]): void {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
}

function toProfile(column: number, tally: Tally, rows: number): ColumnProfile {
  const { values, distinct, regions, postalRegions, languages, likePhone, likeEmail } = tally
  const kinds: Partial<Record<ValueKind, number>> = {}
  for (const kind of valueKinds) {
    const share = shareOf(tally.kinds.get(kind) ?? 0, values)
    if (share > 0) kinds[kind] = share
  }
  return {
    column,
    filled: shareOf(values, rows),
    values,
    distinct: distinct.size,
    kinds,
    ...(regions.size > 0 && { regions: shares(regions, values) }),
    ...(postalRegions.size > 0 && { postalRegions: shares(postalRegions, values) }),
    ...(languages.size > 0 && { languages: shares(languages, values) }),
    ...(likePhone > 0 && { likePhone: shareOf(likePhone, values) }),
    ...(likeEmail > 0 && { likeEmail: shareOf(likeEmail, values) }),
  }
}

function shares(counts: ReadonlyMap<string, number>, values: number): Record<string, number> {
  return Object.fromEntries(
    [...counts]
      .map(([key, count]) => [key, shareOf(count, values)] as const)
      .filter(([, share]) => share >= shareMin)
      .sort(([, a], [, b]) => b - a)
      .slice(0, sharesMax),
  )
}

function shareOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part / whole) * 100) / 100
}

/** A column holds the kind of most of its values; the surest kind where it could be several. */
const kindShareMin = 0.5

const vagueKinds: ReadonlySet<ValueKind> = new Set(['number', 'prose'])
const surerMargin = 0.2

/** The kind of most values and its share; null where no kind is. */
export function mainKind({ kinds }: ColumnProfile): { kind: ValueKind; share: number } | null {
  let found: { kind: ValueKind; share: number } | null = null
  for (const kind of valueKinds) {
    const share = kinds[kind] ?? 0
    // Every phone number is digits as well: what all texts may be counts where nothing else does.
    if (found !== null && vagueKinds.has(kind)) continue
    // The order of kinds is that of their sureness: a later one has to be clearly more.
    if (share >= kindShareMin && (found === null || share > found.share + surerMargin)) {
      found = { kind, share }
    }
  }
  return found
}

export interface RegionProposal {
  readonly region: string
  /** Share of the phone numbers that are numbers of the region; null where there are none. */
  readonly share: number | null
}

/** How much more than the service's own region another one must fit. */
const regionMarginMin = 0.1
const phonesMin = 0.5

/**
 * The region of a list: by its phone numbers, then by its postal codes, towns and names. The service's own region
 * stands unless another one fits clearly better.
 */
export function proposeRegion(profiles: readonly ColumnProfile[], own: string): RegionProposal {
  const phones = columnsOfPhones(profiles)
  const regions = new Set([own, ...profiles.flatMap(profile => [...regionsIn(profile)])])
  regions.delete('other')
  let best = { region: own, score: scoreOf(own, profiles, phones) + regionMarginMin }
  for (const region of regions) {
    const score = scoreOf(region, profiles, phones)
    if (score > best.score) best = { region, score }
  }
  return { region: best.region, share: phoneShare(best.region, phones) }
}

/** The same for a region that was chosen already. */
export function judgeRegion(profiles: readonly ColumnProfile[], region: string): RegionProposal {
  return { region, share: phoneShare(region, columnsOfPhones(profiles)) }
}

function columnsOfPhones(profiles: readonly ColumnProfile[]): ColumnProfile[] {
  return profiles.filter(
    ({ kinds, likePhone = 0 }) => (kinds.phone ?? 0) >= phonesMin || likePhone > 0.8,
  )
}

function* regionsIn({ regions = {}, postalRegions = {} }: ColumnProfile): Generator<string> {
  yield* Object.keys(regions)
  yield* Object.keys(postalRegions)
}

/** Share of all numbers of the columns of phones that fit a region. */
export function phoneShare(region: string, phones: readonly ColumnProfile[]): number | null {
  const values = phones.reduce((sum, profile) => sum + profile.values, 0)
  if (values === 0) return null
  const fitting = phones.reduce((sum, profile) => {
    return sum + profile.values * (profile.regions?.[region] ?? 0)
  }, 0)
  return Math.round((fitting / values) * 100) / 100
}

function scoreOf(
  region: string,
  profiles: readonly ColumnProfile[],
  phones: readonly ColumnProfile[],
): number {
  const languages = new Set(languagesOf(region))
  const postal = Math.max(0, ...profiles.map(profile => strongPostal(profile, region)))
  const named = profiles.filter(({ languages: found }) => found !== undefined)
  const spoken = named.map(profile =>
    Math.max(
      0,
      ...Object.entries(profile.languages!).map(([language, share]) =>
        languages.has(language) ? share : 0,
      ),
    ),
  )
  const names =
    spoken.length === 0 ? 0 : spoken.reduce((sum, share) => sum + share, 0) / spoken.length
  return (phoneShare(region, phones) ?? 0) + 0.3 * postal + 0.3 * names
}

function strongPostal({ kinds, postalRegions = {} }: ColumnProfile, region: string): number {
  return (kinds['postal-code'] ?? 0) >= kindShareMin ? (postalRegions[region] ?? 0) : 0
}
