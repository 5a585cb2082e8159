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
const FIRST_MS = Date.parse('0001-01-01T00:00:00Z')
const END_MS = Date.UTC(10_000, 0, 1)
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
    day++
    ms = 0
  }
  if (date1904) return formatDay(day + DAY_ZERO_1904) + formatTime(ms)
  // From serial 61 on, the day that never was is one too many.
  const leap = day > SERIAL_LEAP_1900 ? 1 : 0
  return formatDay(day - leap + DAY_ZERO_1900) + formatTime(ms)
}

const DAYS_CACHED_MAX = 4_096
const daysFormatted = new Map<number, string>()

/** Dates of a column repeat: a text is made once for a day, as long as there are not too many. */
function formatDay(daysSince1970: number): string {
  const known = daysFormatted.get(daysSince1970)
  if (known !== undefined) return known
  const text = new Date(daysSince1970 * MS_PER_DAY).toISOString().slice(0, 11)
  if (daysFormatted.size >= DAYS_CACHED_MAX) daysFormatted.clear()
  daysFormatted.set(daysSince1970, text)
  return text
}

function formatTime(ms: number): string {
  if (ms === 0) return '00:00:00'
  const text = new Date(ms).toISOString()
  return ms % 1000 === 0 ? text.slice(11, 19) : text.slice(11, 23)
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
    return formatDate(DAY_ZERO_1900 + Number(days ?? 0), timeMs(hours, minutes, seconds))
  }
  const [matched, year, month, day, hours, minutes, seconds] = ISO_DATE.exec(text) ?? []
  if (matched === undefined) return null
  const dayNumber = year ? calendarDay(Number(year), Number(month), Number(day)) : DAY_ZERO_1900
  if (dayNumber === null || Number(hours ?? 0) > 24 || Number(minutes ?? 0) > 59) return null
  if (Number.parseInt(seconds ?? '0', 10) > 60) return null
  return formatDate(dayNumber, timeMs(hours, minutes, seconds))
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

function formatDate(dayNumber: number, ms: number): string | null {
  const time = dayNumber * MS_PER_DAY + ms
  const isInRange = time >= FIRST_MS && time < END_MS
  if (!isInRange) return null
  const iso = new Date(time).toISOString()
  return iso.slice(0, iso.endsWith('.000Z') ? 19 : 23)
}
