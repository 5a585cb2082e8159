/**
 * Dates written in digits alone, read from the text into one whole number, so that a million of them allocate
 * nothing. This file finds the parts and their limits; it never decides between day and month first, and
 * never asks the calendar.
 */

/** How the parts stand: `31/12/1990` and `31.12.1990` end in the year, `1990-12-31` begins with it. */
export const yearFirst = 1
export const yearLast = 2
/** The year last, and points between the parts: nobody but dates with the day first is written so. */
export const yearLastDotted = 3

/** No date in digits. */
export const noDate = 0

/** `31121990` is the shortest text, `31 . 12 . 1990.` with two blanks more among the longest. */
const lengthMin = 8
const lengthMax = 20

/** The year of dates in eight digits without separators, so that `31121990` is none of the year 3112. */
const compactYearMin = 1800
const compactYearMax = 2199

const shapeUnit = 100_000_000

/**
 * The date of a text that holds nothing else, or `noDate`: `shape`, the year and the two other parts in the
 * order in which they stand, as one number. `shapeOf`, `yearOf`, `formerOf` and `latterOf` take it apart.
 */
export function scanNumericDate(text: string): number {
  const { length } = text
  if (length < lengthMin || length > lengthMax || !isDigit(text.charCodeAt(0))) return noDate
  const firstEnd = digitsEnd(text, 0)
  if (firstEnd === length) return length === 8 ? scanCompactDate(Number(text)) : noDate
  if (firstEnd > 4) return noDate
  const secondStart = separatorEnd(text, firstEnd)
  const secondEnd = digitsEnd(text, secondStart)
  if (secondEnd === secondStart || secondEnd - secondStart > 2) return noDate
  const thirdStart = separatorEnd(text, secondEnd)
  const thirdEnd = digitsEnd(text, thirdStart)
  const separator = separatorSign(text, firstEnd, secondStart)
  if (separator === 0 || !agrees(separator, separatorSign(text, secondEnd, thirdStart))) {
    return noDate
  }
  if (thirdEnd !== length && !(text.charCodeAt(thirdEnd) === point && thirdEnd + 1 === length)) {
    return noDate
  }
  const former = numberAt(text, 0, firstEnd)
  const second = numberAt(text, secondStart, secondEnd)
  const latter = numberAt(text, thirdStart, thirdEnd)
  const latterDigits = thirdEnd - thirdStart
  if (firstEnd === 4) {
    return latterDigits >= 1 && latterDigits <= 2 ? pack(yearFirst, former, second, latter) : noDate
  }
  if (firstEnd > 2 || latterDigits !== 4) return noDate
  return pack(separator === point ? yearLastDotted : yearLast, latter, former, second)
}

/** `19901231` or `31121990`; with a year of these centuries in one place, the other holds no month. */
export function scanCompactDate(digits: number): number {
  const year = Math.floor(digits / 10_000)
  const month = Math.floor(digits / 100) % 100
  if (year >= compactYearMin && year <= compactYearMax && month >= 1 && month <= 12) {
    return pack(yearFirst, year, month, digits % 100)
  }
  const lastYear = digits % 10_000
  if (lastYear < compactYearMin || lastYear > compactYearMax) return noDate
  return pack(yearLast, lastYear, Math.floor(digits / 1_000_000), Math.floor(digits / 10_000) % 100)
}

export function shapeOf(date: number): number {
  return Math.floor(date / shapeUnit)
}

export function yearOf(date: number): number {
  return Math.floor(date / 10_000) % 10_000
}

/** The first of the two parts beside the year. */
export function formerOf(date: number): number {
  return Math.floor(date / 100) % 100
}

/** The second of the two parts beside the year. */
export function latterOf(date: number): number {
  return date % 100
}

const point = 0x2e
const comma = 0x2c
const hyphen = 0x2d
const slash = 0x2f
const backslash = 0x5c
const underscore = 0x5f
const blank = 0x20

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function isSign(code: number): boolean {
  return (
    code === point ||
    code === hyphen ||
    code === slash ||
    code === comma ||
    code === underscore ||
    code === backslash
  )
}

function digitsEnd(text: string, start: number): number {
  let at = start
  while (at < text.length && isDigit(text.charCodeAt(at))) at++
  return at
}

/** One sign with a blank before and behind at the most, or one blank alone. */
function separatorEnd(text: string, start: number): number {
  let at = start
  if (text.charCodeAt(at) === blank) at++
  if (isSign(text.charCodeAt(at))) at++
  if (at > start && text.charCodeAt(at) === blank && text.charCodeAt(at - 1) !== blank) at++
  return at
}

/** The sign between two parts, a blank where there is no other, 0 for nothing. */
function separatorSign(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code !== blank) return code
  }
  return end > start ? blank : 0
}

/** Points, commas and blanks are mistaken for each other; other signs in a mixture may mean a range. */
function agrees(first: number, second: number): boolean {
  return first === second || (isWeak(first) && isWeak(second))
}

function isWeak(code: number): boolean {
  return code === point || code === comma || code === blank
}

function numberAt(text: string, start: number, end: number): number {
  let value = 0
  for (let at = start; at < end; at++) value = value * 10 + text.charCodeAt(at) - 0x30
  return value
}

function pack(shape: number, year: number, former: number, latter: number): number {
  return shape * shapeUnit + year * 10_000 + former * 100 + latter
}
