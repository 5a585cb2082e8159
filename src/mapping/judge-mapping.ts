/**
 * What a mapping would make of a list, told before it starts: which share of a column can be read as its field, which
 * columns hold something else, and whether the phone numbers fit the region. It looks at two things: the profiles
 * that the upload made by rows of the whole sheet, and the first rows, which are read as the import would read them.
 */
import type { ContactField, FieldCatalogue } from '../contracts/contact-fields.ts'
import { headerRowNumber, type Mapping } from '../contracts/mapping.ts'
import type { ColumnProfile, ValueKind } from '../contracts/sheet-description.ts'
import type { SheetCell } from './cell.ts'
import { countryOf } from './countries.ts'
import { createDateOrderEvidence, observeDateCell } from './date-order.ts'
import { gainsays } from './judge-by-contents.ts'
import { type ColumnSlot, isWayToReach, planColumns } from './plan-columns.ts'
import { mainKind, phoneShare, proposeRegion } from './profile/column-profile.ts'

/** One mapped column. Shares are between 0 and 1, of the cells that hold a value. */
export interface ColumnJudgement {
  readonly column: number
  readonly field: ContactField
  /** Share that can be read; null where the field takes any text, or where there are too few values. */
  readonly readable: number | null
  /** Share that is of another kind than the field; null where the contents do not gainsay it. */
  readonly gainsaid: number | null
}

export interface MappingJudgement {
  readonly columns: readonly ColumnJudgement[]
  /** A region that the phone numbers fit better than that of the mapping, and the share that fits the mapping's. */
  readonly betterRegion: { readonly region: string; readonly share: number } | null
  /** Whether a column is mapped by which a person can be reached. */
  readonly reaches: boolean
}

export interface JudgedList {
  /** The first rows of the sheet as texts, from row 1: `rows[n][column - 1]`. */
  readonly rows: readonly (readonly (string | null)[])[]
  /** By column, from the first; none of imports whose columns were not judged. */
  readonly profiles: readonly ColumnProfile[]
  /** The region by which the profiles were made. */
  readonly profileRegion: string
  readonly catalogue: FieldCatalogue
  /** `YYYY-MM-DD` */
  readonly today: string
}

/** Fewer values tell nothing: a cell or two are mistyped, three without a good one among them are another column. */
const judgedValuesMin = 3

/** How much better another region must fit than that of the mapping. */
const betterRegionMarginMin = 0.3

/** Kinds of fields whose values have a form that most texts have not. */
const profiledKinds: ReadonlySet<string> = new Set(['phone', 'email', 'date', 'birth-date'])

/** The same and those of which the profiles tell nothing: the first rows alone are judged. */
const formedKinds: ReadonlySet<string> = new Set([...profiledKinds, 'number', 'choice'])

/** Kinds of values that are never a phone, an e-mail address or a date. */
const wordKinds: readonly ValueKind[] = [
  'gender',
  'country',
  'full-name',
  'given-name',
  'surname',
  'city',
]

/** The mapping is a complete one in which `checkMapping` found no fault. */
export function judgeMapping(stored: Mapping, list: JudgedList): MappingJudgement {
  const { catalogue, profiles } = list
  // A field may be gone since the mapping was set.
  const known = stored.columns.filter(({ field }) => catalogue.find(field) !== undefined)
  const mapping = { ...stored, columns: known, required: [] }
  const readable = readableShares(mapping, list)
  const columns = mapping.columns.map(({ column, field: key }): ColumnJudgement => {
    const field = catalogue.find(key)!
    const profile = profiles[column - 1]
    return {
      column,
      field,
      readable: readable.get(column) ?? null,
      gainsaid: gainsays(profile, field) ? otherShare(profile!) : null,
    }
  })
  return {
    columns,
    betterRegion: findBetterRegion(mapping.region, columns, list),
    reaches: columns.some(({ field }) => isWayToReach(field)),
  }
}

function otherShare(profile: ColumnProfile): number {
  return mainKind(profile)?.share ?? Math.max(profile.likePhone ?? 0, profile.likeEmail ?? 0)
}

/** By column, of those whose fields have a form and that hold enough values. */
function readableShares(mapping: Mapping, list: JudgedList): Map<number, number> {
  const first = list.rows.slice(headerRowNumber(mapping.headerRow))
  const dateOrders = Object.fromEntries(
    mapping.columns.map(({ column }) => {
      const evidence = createDateOrderEvidence()
      for (const row of first) observeDateCell(evidence, cellOf(row[column - 1], column))
      return [column, evidence]
    }),
  )
  const { slots, countryColumn } = planColumns({ ...list, mapping, dateOrders })
  const shares = new Map<number, number>()
  for (const slot of slots) {
    if (slot === undefined || !formedKinds.has(slot.kind.name)) continue
    const profile = list.profiles[slot.column - 1]
    const read = readFirstRows(first, slot, (row: readonly (string | null)[]) => {
      const country = countryColumn === 0 ? null : countryOf(row[countryColumn - 1] ?? '')
      return country ?? mapping.region
    })
    const isTold =
      profiledKinds.has(slot.kind.name) &&
      profile !== undefined &&
      profile.values >= judgedValuesMin
    const told = isTold ? toldShare(profile, slot, mapping, list) : null
    const share = bestShare(read, told)
    if (share !== null) shares.set(slot.column, share)
  }
  return shares
}

interface ToldShare {
  /** At least so many are of the field, and at most so many can be. */
  readonly least: number
  readonly most: number
}

/** Both look at a part of the sheet, and neither sees all that the import will: of doubtful values the better one counts. */
function bestShare(read: number | null, told: ToldShare | null): number | null {
  if (told === null) return read
  return Math.max(told.least, Math.min(read ?? 1, told.most))
}

/** The share of the values of the first rows that the import would take; null where they hold too few. */
function readFirstRows(
  rows: JudgedList['rows'],
  { column, normalise }: ColumnSlot,
  regionOf: (row: readonly (string | null)[]) => string,
): number | null {
  let values = 0
  let refused = 0
  for (const row of rows) {
    const outcome = normalise(cellOf(row[column - 1], column), regionOf(row))
    if (outcome === null) continue
    if (typeof outcome === 'object' && outcome.outcome === 'repaired' && outcome.value === null) {
      continue
    }
    values += 1
    if (typeof outcome === 'object' && outcome.outcome === 'refused') refused += 1
  }
  return values < judgedValuesMin ? null : (values - refused) / values
}

function cellOf(text: string | null | undefined, column: number): SheetCell {
  return { column, type: 'string', value: text ?? '' }
}

function toldShare(
  { kinds, regions = {} }: ColumnProfile,
  { kind }: ColumnSlot,
  { region }: Mapping,
  { profileRegion }: JudgedList,
): ToldShare {
  const shareOf = (of: ValueKind) => kinds[of] ?? 0
  const others: ValueKind[] = [...wordKinds]
  if (kind.name !== 'email') others.push('email')
  const most = 1 - Math.max(...others.map(shareOf))
  if (kind.name === 'email') return { least: shareOf('email'), most }
  if (kind.name !== 'phone') return { least: shareOf('date'), most }
  const ofOwnRegion = region === profileRegion ? shareOf('phone') : 0
  return { least: Math.max(ofOwnRegion, regions[region] ?? 0), most }
}

/** The region that the list speaks for, where the mapped numbers fit it clearly better than that of the mapping. */
function findBetterRegion(
  region: string,
  columns: readonly ColumnJudgement[],
  { profiles, profileRegion }: JudgedList,
): MappingJudgement['betterRegion'] {
  const phones = columns.filter(
    ({ field, readable }) => field.kind === 'phone' && readable !== null,
  )
  const described = phones.flatMap(({ column }) => profiles[column - 1] ?? [])
  if (described.length === 0) return null
  const { region: better } = proposeRegion(profiles, profileRegion)
  const fitting = phoneShare(better, described) ?? 0
  const share = phones.reduce((sum, { readable }) => sum + readable!, 0) / phones.length
  if (better === region || fitting < share + betterRegionMarginMin) return null
  return { region: better, share }
}
