/**
 * Whether the dates of a column have the day or the month first. The whole column decides: one `31/12/1990`
 * says that `03/04/1990` is the third of April, and one `12/31/1990` that it is the fourth of March.
 *
 * Use, before the first row is written: make one `DateOrderEvidence` a column, give each of its cells to
 * `observeDateCell` in any order, and give the evidence to the normaliser of that column. Evidence is plain
 * data that may be stored as JSON; `addDateOrderEvidence` adds the evidence of parts of a column that were
 * observed apart. A cell that is no date costs a look at its characters and allocates nothing, so
 * that columns may be observed before they are mapped; rows of names above the data do no harm. Dates behind
 * a word (`Mon 31/12/1990`) are read and give no evidence: their first letter tells them from names.
 */
import { type SheetCell, showsDay } from './cell.ts'
import { isCalendarDay } from './normalise/calendar-day.ts'
import { findNumericDate } from './normalise/date-text.ts'
import {
  formerOf,
  latterOf,
  noDate,
  scanCompactDate,
  shapeOf,
  yearFirst,
  yearOf,
} from './normalise/numeric-date.ts'

/** Order of the parts, as a mapping names it. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** Counts of the cells of a column. */
export interface DateOrderEvidence {
  /** Text with the year last that is a day of the calendar with the day first alone: `31/12/1990`. */
  dayFirst: number
  /** Text with the year last that is a day of the calendar with the month first alone: `12/31/1990`. */
  monthFirst: number
  /** Text with the year last that both orders allow, as different days: `03/04/1990`. */
  ambiguous: number
  /** Text with the year first. */
  yearFirst: number
  /** Date cells whose day is above 12. */
  dateCellsHigh: number
  /** Date cells whose day may be a month. */
  dateCellsLow: number
}

/**
 * `dmy` and `mdy` by the column's own dates; `conflict` where both occur, `open` where nothing decides.
 */
export type DateOrderVerdict = 'dmy' | 'mdy' | 'conflict' | 'open'

export function createDateOrderEvidence(): DateOrderEvidence {
  return {
    dayFirst: 0,
    monthFirst: 0,
    ambiguous: 0,
    yearFirst: 0,
    dateCellsHigh: 0,
    dateCellsLow: 0,
  }
}

/** Counts one cell of the column. */
export function observeDateCell(evidence: DateOrderEvidence, cell: SheetCell): void {
  if (cell.type === 'string') {
    observeDate(evidence, findNumericDate(cell.value))
  } else if (cell.type === 'date' && showsDay(cell)) {
    if (cell.value.slice(8, 10) > '12') evidence.dateCellsHigh++
    else evidence.dateCellsLow++
  } else if (cell.type === 'number') {
    if (cell.shown !== undefined) observeDate(evidence, findNumericDate(cell.shown))
    else if (cell.text.length === 7 || cell.text.length === 8) {
      observeDate(evidence, scanCompactDate(cell.value))
    }
  }
}

/** Adds the counts of another part of the column. */
export function addDateOrderEvidence(sum: DateOrderEvidence, part: DateOrderEvidence): void {
  for (const count of Object.keys(sum) as (keyof DateOrderEvidence)[]) sum[count] += part[count]
}

export function judgeDateOrder({ dayFirst, monthFirst }: DateOrderEvidence): DateOrderVerdict {
  if (dayFirst > 0) return monthFirst > 0 ? 'conflict' : 'dmy'
  return monthFirst > 0 ? 'mdy' : 'open'
}

/**
 * Whether the column's date cells may have day and month swapped. A program that opens a list in the order of
 * another country makes date cells of the dates whose day may be a month, and leaves the others as text.
 */
export function suspectsSwappedCells(evidence: DateOrderEvidence): boolean {
  const { dayFirst, monthFirst, dateCellsLow, dateCellsHigh } = evidence
  return dateCellsLow > 0 && dateCellsHigh === 0 && dayFirst + monthFirst > 0
}

/** The order in which a region writes dates in digits, by the Unicode locale data. */
export function regionDateOrder(region: string): DateOrder {
  const { language } = new Intl.Locale('und', { region }).maximize()
  const format = new Intl.DateTimeFormat(`${language}-${region}`, {
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  const first = format.formatToParts(0).find(({ type }) => type !== 'literal')?.type
  if (first === 'year') return 'ymd'
  return first === 'month' ? 'mdy' : 'dmy'
}

function observeDate(evidence: DateOrderEvidence, date: number): void {
  if (date === noDate) return
  const year = yearOf(date)
  const former = formerOf(date)
  const latter = latterOf(date)
  if (shapeOf(date) === yearFirst) {
    if (isCalendarDay(year, former, latter)) evidence.yearFirst++
    return
  }
  const dayFirst = isCalendarDay(year, latter, former)
  const monthFirst = isCalendarDay(year, former, latter)
  if (dayFirst && monthFirst) {
    if (former !== latter) evidence.ambiguous++
  } else if (dayFirst) evidence.dayFirst++
  else if (monthFirst) evidence.monthFirst++
}
