/** Days of the Gregorian calendar, as `YYYY-MM-DD`. Which part of a text is which is decided elsewhere. */

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const

/** Nobody in a contact center was born earlier; an earlier year was mistyped. */
const yearMin = 1800

/** Whether the day exists, not before the year 1800. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < yearMin || day < 1) return false
  const leapDay = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0
  return day <= (monthDays[month - 1] ?? 0) + leapDay
}

/** `YYYY-MM-DD`, null for a day that does not exist. */
export function formatDay(year: number, month: number, day: number): string | null {
  if (!isCalendarDay(year, month, day)) return null
  return `${year}-${month < 10 ? '0' : ''}${month}-${day < 10 ? '0' : ''}${day}`
}
