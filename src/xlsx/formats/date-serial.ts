/**
 * Owns dates as cells hold them: serial numbers of both date systems (ECMA-376 Part 1 §18.17.4) and
 * ISO 8601 texts of `t="d"` cells (§18.18.11). Dates are local and have no zone. Pure.
 */

const MS_PER_DAY = 86_400_000
/** 1899-12-31, day 0 of the 1900 system, in days since 1970-01-01. */
const DAY_ZERO_1900 = -25_568
/** 1904-01-01, day 0 of the 1904 system, in days since 1970-01-01. */
const DAY_ZERO_1904 = -24_107
/** The first serial past 9999-12-31. */
const SERIAL_END_1900 = 2_958_466
/** 0001-01-01 and 9999-12-31, in days since 1970-01-01. */
const DAY_FIRST = -719_162
const DAY_LAST = 2_932_896
const SERIAL_END_1904 = SERIAL_END_1900 - 1_462
/** 1900-02-29, a day that never was but has a number. */
export const SERIAL_LEAP_1900 = 60

/** Whether the value has a date to show; Excel shows #### for any other. */
export function isDateSerial(serial: number, date1904: boolean): boolean {
  return serial >= 0 && serial < (date1904 ? SERIAL_END_1904 : SERIAL_END_1900)
}

/** `YYYY-MM-DDTHH:MM:SS[.mmm]`, rounded to the millisecond. Serial 60 of 1900 is 03-01. */
export function formatSerial(serial: number, date1904: boolean): string {
  let day = Math.floor(serial)
  let ms = Math.round((serial - day) * MS_PER_DAY)
  if (ms === MS_PER_DAY) {
    // The last day has no next one to round up to.
    if (isDateSerial(day + 1, date1904)) day++
    else ms--
    ms %= MS_PER_DAY
  }
  if (date1904) return formatDate(day + DAY_ZERO_1904, ms)
  // From serial 61 on, the day that never was is one too many.
  const leap = day > SERIAL_LEAP_1900 ? 1 : 0
  return formatDate(day - leap + DAY_ZERO_1900, ms)
}

/** Character codes of a text, reused for every date: a whole day, whose time stays as it is, and others. */
const codesOfDay = codesOf('0000-00-00T00:00:00')
const codes = codesOf('0000-00-00T00:00:00')
const codesWithMs = codesOf('0000-00-00T00:00:00.000')

function codesOf(text: string): number[] {
  return Array.from(text, character => character.charCodeAt(0))
}

/** A day and a time of day; the day is counted from 1970-01-01 and lies in the years 0–9999. */
function formatDate(daysSince1970: number, ms: number): string {
  if (ms === 0) {
    putCalendarDay(codesOfDay, daysSince1970)
    return String.fromCharCode.apply(null, codesOfDay)
  }
  const withMs = ms % 1000 !== 0
  const text = withMs ? codesWithMs : codes
  putCalendarDay(text, daysSince1970)
  const seconds = divide(ms, 1000)
  putDigits(text, 11, divide(seconds, 3600), 2)
  putDigits(text, 14, divide(seconds, 60) % 60, 2)
  putDigits(text, 17, seconds % 60, 2)
  if (withMs) putDigits(text, 20, ms % 1000, 3)
  return String.fromCharCode.apply(null, text)
}

/** The whole part; of numbers below 2^31 and not below zero, so that it takes no floating point. */
function divide(dividend: number, divisor: number): number {
  return (dividend / divisor) | 0
}

/** The proleptic Gregorian calendar by arithmetic: years begin in March, eras are 400 years. */
function putCalendarDay(text: number[], daysSince1970: number): void {
  const day = daysSince1970 + 719_468
  const era = divide(day, 146_097)
  const dayOfEra = day - era * 146_097
  const leaps = divide(dayOfEra, 1460) - divide(dayOfEra, 36_524)
  const yearOfEra = divide(dayOfEra - leaps - divide(dayOfEra, 146_096), 365)
  const leapDays = divide(yearOfEra, 4) - divide(yearOfEra, 100)
  const dayOfYear = dayOfEra - (365 * yearOfEra + leapDays)
  const marchMonth = divide(5 * dayOfYear + 2, 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  putDigits(text, 0, yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4)
  putDigits(text, 5, month, 2)
  putDigits(text, 8, dayOfYear - divide(153 * marchMonth + 2, 5) + 1, 2)
}

function putDigits(text: number[], start: number, value: number, count: number): void {
  for (let at = start + count - 1; at >= start; at--) {
    const rest = divide(value, 10)
    text[at] = 48 + value - rest * 10
    value = rest
  }
}

const ISO_DATE =
  /^(?:(\d{4})-(\d\d)-(\d\d))?(?:(?:^|[T ])(\d\d):(\d\d)(?::(\d\d(?:[.,]\d+)?))?(?:Z|[+-]\d\d:?\d\d)?)?$/
const ISO_DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/

/**
 * Normalises the text of a `t="d"` cell, a date, a time or a duration, to the form of
 * `formatSerial`; null where it is none of them. Times and durations count from 1899-12-31.
 */
export function normaliseIsoDate(text: string): string | null {
  if (text === '') return null
  const duration = ISO_DURATION.exec(text)
  if (duration !== null) {
    const [, days, hours, minutes, seconds] = duration
    return formatLongTime(DAY_ZERO_1900 + Number(days ?? 0), timeMs(hours, minutes, seconds))
  }
  const [matched, year, month, day, hours, minutes, seconds] = ISO_DATE.exec(text) ?? []
  if (matched === undefined) return null
  const dayNumber = year ? calendarDay(Number(year), Number(month), Number(day)) : DAY_ZERO_1900
  if (dayNumber === null || Number(hours ?? 0) > 24 || Number(minutes ?? 0) > 59) return null
  if (Number.parseInt(seconds ?? '0', 10) > 60) return null
  return formatLongTime(dayNumber, timeMs(hours, minutes, seconds))
}

/** Days since 1970-01-01, or null for a day that the calendar does not have. */
function calendarDay(year: number, month: number, day: number): number | null {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isSame = date.getUTCMonth() + 1 === month && date.getUTCDate() === day
  return isSame ? date.getTime() / MS_PER_DAY : null
}

function timeMs(hours = '0', minutes = '0', seconds = '0'): number {
  const wholeMinutes = Number(hours) * 60 + Number(minutes)
  return wholeMinutes * 60_000 + Math.round(Number(seconds.replace(',', '.')) * 1000)
}

/** A day and a time that may reach past midnight; null outside the years 1–9999. */
function formatLongTime(day: number, ms: number): string | null {
  const lastDay = day + Math.floor(ms / MS_PER_DAY)
  if (lastDay < DAY_FIRST || lastDay > DAY_LAST) return null
  return formatDate(lastDay, ms % MS_PER_DAY)
}
