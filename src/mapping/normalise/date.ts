/**
 * Dates: `YYYY-MM-DD` from date cells and from text that can mean one day only. The normaliser refuses
 * two-digit years, bare numbers and dates with a time of day. Where the day and the month can be taken for each
 * other, the column decides, then the mapping, then the region. The normaliser guesses nothing and cuts nothing off.
 */
import { type SheetCell, showsDay } from '../cell.ts'
import {
  type DateOrder,
  type DateOrderEvidence,
  judgeDateOrder,
  regionDateOrder,
  suspectsSwappedCells,
} from '../date-order.ts'
import { formatDay } from './calendar-day.ts'
import { type PeeledDate, peelDateText } from './date-text.ts'
import { readWordDate } from './date-words.ts'
import {
  formerOf,
  latterOf,
  noDate,
  scanCompactDate,
  scanNumericDate,
  shapeOf,
  yearFirst,
  yearLastDotted,
  yearOf,
} from './numeric-date.ts'
import { type Noted, noted, type Refused, type Repaired, refusal, repaired } from './outcome.ts'
import { trimText } from './text.ts'

const dateInvalid = refusal('date-invalid')
const dateWithTime = refusal('date-with-time')
const dateOrderUnknown = refusal('date-order-unknown')

const midnight = 'T00:00:00'

export type DateOutcome = string | null | Repaired | Noted | Refused

export type DateNormaliser = (cell: SheetCell) => DateOutcome

export interface DateSetting {
  /** ISO 3166-1 alpha-2. */
  readonly region: string
  /** Order of dates whose column does not decide; the region's where it is absent. */
  readonly dateOrder?: DateOrder | undefined
  /** The column's own dates. */
  readonly evidence?: DateOrderEvidence | undefined
}

/** Which order a date with two readings has, by the way it is written; null where nobody can say. */
interface AmbiguousOrders {
  readonly dotted: 'dmy' | 'mdy' | null
  readonly other: 'dmy' | 'mdy' | null
}

interface DateReading {
  readonly region: string
  readonly orders: AmbiguousOrders
  readonly cellsDoubtful: boolean
}

/** Prepares the normaliser of the date cells of one column. */
export function prepareDateNormaliser(setting: DateSetting): DateNormaliser {
  const { region, evidence } = setting
  const cellsDoubtful = evidence !== undefined && suspectsSwappedCells(evidence)
  const reading = { region, orders: resolveOrders(setting), cellsDoubtful }
  return cell => {
    if (cell.type === 'string') return readDateText(cell.value, reading)
    if (cell.type === 'date') return readDateCell(cell, reading)
    return cell.type === 'number' ? readDateNumber(cell, reading) : dateInvalid
  }
}

function resolveOrders({ region, dateOrder, evidence }: DateSetting): AmbiguousOrders {
  const verdict = evidence === undefined ? 'open' : judgeDateOrder(evidence)
  if (verdict === 'conflict') return { dotted: null, other: null }
  const order = verdict === 'open' ? dateOrder : verdict
  if (order !== undefined) return sameOrder(order)
  const regional = regionDateOrder(region)
  if (regional === 'dmy') return sameOrder(regional)
  // With points between, the day stands first in every country; but not in every list of these.
  return regional === 'ymd' ? { dotted: 'dmy', other: null } : { dotted: null, other: 'mdy' }
}

function sameOrder(order: DateOrder): AmbiguousOrders {
  return order === 'ymd' ? { dotted: null, other: null } : { dotted: order, other: order }
}

function readDateCell(cell: SheetCell & { type: 'date' }, reading: DateReading): DateOutcome {
  if (!showsDay(cell)) return dateInvalid
  if (!cell.value.endsWith(midnight)) return readDateText(cell.value, reading)
  const day = cell.value.slice(0, 10)
  const date = scanNumericDate(day)
  if (date === noDate || formatScanned(date) === null) return dateInvalid
  const isDoubtful = reading.cellsDoubtful && formerOf(date) !== latterOf(date)
  return isDoubtful ? noted(day, 'date-order-doubtful') : day
}

/** A number is a date where eight digits spell one; serial numbers have no more than seven. */
function readDateNumber(cell: SheetCell & { type: 'number' }, reading: DateReading): DateOutcome {
  if (cell.doubt !== undefined) return dateInvalid
  if (cell.shown !== undefined) return readDateText(cell.shown, reading)
  const isCompact = Number.isInteger(cell.value) && cell.text.length === 8
  const date = isCompact ? scanCompactDate(cell.value) : noDate
  return date === noDate ? dateInvalid : arrangeDate(date, reading)
}

function readDateText(raw: string, reading: DateReading): DateOutcome {
  const date = scanNumericDate(raw)
  if (date !== noDate) return arrangeDate(date, reading)
  if (trimText(raw) === '') return null
  const peeled = peelDateText(raw)
  if (!peeled || peeled.time === 'invalid') return dateInvalid
  const outcome = readPeeledDate(peeled, reading)
  if (typeof outcome !== 'string') return outcome
  if (peeled.time === 'clock') return dateWithTime
  return peeled.dropped ? repaired(outcome, 'date-words-dropped') : outcome
}

function readPeeledDate(
  { text, date, weekdays }: PeeledDate,
  reading: DateReading,
): string | Refused {
  const scanned = scanNumericDate(date)
  if (scanned !== noDate) {
    const day = arrangeDate(scanned, reading)
    return typeof day === 'string' && !fallsOn(day, weekdays) ? dateInvalid : day
  }
  const named = readWordDate(text, reading.region)
  const day = named && formatDay(named.year, named.month, named.day)
  return day === null || !fallsOn(day, named!.weekdays) ? dateInvalid : day
}

/** A day of the week that the text names must be that of the date. */
function fallsOn(day: string, weekdays: ReadonlySet<number> | null): boolean {
  return weekdays === null || weekdays.has(new Date(`${day}T00:00:00Z`).getUTCDay())
}

/** The only day that the parts allow; where they allow two, the one that the order says. */
function arrangeDate(date: number, { orders }: DateReading): string | Refused {
  const shape = shapeOf(date)
  if (shape === yearFirst) return formatScanned(date) ?? dateInvalid
  const year = yearOf(date)
  const former = formerOf(date)
  const latter = latterOf(date)
  if (former > 12 || former === latter) return formatDay(year, latter, former) ?? dateInvalid
  if (latter > 12) return formatDay(year, former, latter) ?? dateInvalid
  const order = shape === yearLastDotted ? orders.dotted : orders.other
  if (order === null) return formatDay(year, former, latter) ? dateOrderUnknown : dateInvalid
  const day = order === 'dmy' ? formatDay(year, latter, former) : formatDay(year, former, latter)
  return day ?? dateInvalid
}

/** The day of a date whose year stands first: its parts go from the greatest to the smallest. */
function formatScanned(date: number): string | null {
  return formatDay(yearOf(date), formerOf(date), latterOf(date))
}
