/**
 * Dates: `YYYY-MM-DD` from date cells and from text that can mean one day only. Two-digit years, names of
 * months, bare numbers and dates with a time of day are faults; nothing is guessed or cut off.
 */
import { type SheetCell, showsDay } from '../cell.ts'
import { type CellOutcome, refusal } from './outcome.ts'
import { trimText } from './text.ts'

const dateInvalid = refusal('date-invalid')
const dateWithTime = refusal('date-with-time')

/** `31.12.1990`, `31/12/1990`, `31-12-1990`, `1990-12-31`, with blanks after the separators, a time, an `r.`. */
const dateText =
  /^(\d{1,4})([./-]) ?(\d{1,2})\2 ?(\d{1,4})(?:(?: ?r\.?)|[ T](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?Z?)?$/
const zeroTime = /[ T]0{1,2}:00(?::00(?:[.,]0+)?)?$/
const dateTextLengthMax = 40

/** Nobody in a contact center was born earlier; what is earlier was mistyped. */
const yearMin = 1800

/** Where 03/04/2020 is the fourth of March: the United States and what follows them. */
const monthFirstRegions: ReadonlySet<string> = new Set('US AS FM GU MH MP PR PW UM VI'.split(' '))

export type DateNormaliser = (cell: SheetCell) => CellOutcome

/** Prepares the normaliser of date cells; `region` decides the order of day and month around `/` and `-`. */
export function prepareDateNormaliser(region: string): DateNormaliser {
  const monthFirst = monthFirstRegions.has(region)
  return cell => {
    if (cell.type === 'date') return readDateCell(cell)
    return cell.type === 'string' ? readDateText(cell.value, monthFirst) : dateInvalid
  }
}

function readDateCell(cell: SheetCell & { type: 'date' }): CellOutcome {
  return showsDay(cell) ? readDateText(cell.value, false) : dateInvalid
}

function readDateText(raw: string, monthFirst: boolean): CellOutcome {
  const text = trimText(raw)
  if (text === '') return null
  const parts = text.length <= dateTextLengthMax ? dateText.exec(text) : null
  if (!parts) return dateInvalid
  const [, first, separator, second, third, hour, minute, seconds] = parts
  const date = arrangeDate(
    { first: first!, second: second!, third: third! },
    monthFirst && separator !== '.',
  )
  if (date === null) return dateInvalid
  if (hour === undefined || zeroTime.test(text)) return date
  return isTime(hour, minute!, seconds ?? '00') ? dateWithTime : dateInvalid
}

interface DateParts {
  readonly first: string
  readonly second: string
  readonly third: string
}

/** The year is the part of four digits: first or last. A date is nothing when it has none, or two. */
function arrangeDate({ first, second, third }: DateParts, monthFirst: boolean): string | null {
  if (first.length === 4) return third.length <= 2 ? formatDate(first, second, third) : null
  if (first.length > 2 || third.length !== 4) return null
  return monthFirst ? formatDate(third, first, second) : formatDate(third, second, first)
}

function formatDate(year: string, month: string, day: string): string | null {
  if (Number(year) < yearMin || !isCalendarDay(Number(year), Number(month), Number(day)))
    return null
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

function isCalendarDay(year: number, month: number, day: number): boolean {
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  return day >= 1 && day <= (monthDays[month - 1] ?? 0) + leapDay
}

function isTime(hour: string, minute: string, seconds: string): boolean {
  return Number(hour) < 24 && Number(minute) < 60 && Number(seconds) < 60
}
