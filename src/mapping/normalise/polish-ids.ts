/**
 * The short way of Polish numbers: PESEL and NIP in plain digits, checked without the library, for the columns
 * of a million rows. It may say yes only where the library would; in doubt it says no.
 */

const peselWeights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1] as const
const nipWeights = [6, 5, 7, 2, 3, 4, 5, 6, 7, -1] as const

/** PESEL: the day of birth with the century in its month, a serial number, a check digit. */
export function isPesel(text: string): boolean {
  if (text.length !== peselWeights.length || weighDigits(text, peselWeights) % 10 !== 0)
    return false
  const day = pairAt(text, 4)
  // The ends of months ask for a calendar, and the years since 2020 for the day of today.
  return isMonth(pairAt(text, 2), pairAt(text, 0)) && day >= 1 && day <= 28
}

/** Months of the century from 2000 on are written with 20 added. */
function isMonth(month: number, year: number): boolean {
  return (month >= 1 && month <= 12) || (month >= 21 && month <= 32 && year < 20)
}

/** NIP: three digits of the office, six of the payer, a check digit. */
export function isNip(text: string): boolean {
  if (text.length !== nipWeights.length || isOneDigit(text)) return false
  const sum = weighDigits(text, nipWeights)
  return sum % 11 === 0
}

/** NaN, which no remainder equals, where a character is no digit. */
function weighDigits(text: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return Number.NaN
    sum += digit * weights[at]!
  }
  return sum
}

function pairAt(text: string, at: number): number {
  return (text.charCodeAt(at) - 0x30) * 10 + text.charCodeAt(at + 1) - 0x30
}

function isOneDigit(text: string): boolean {
  const first = text.charCodeAt(0)
  for (let at = 1; at < text.length; at++) {
    if (text.charCodeAt(at) !== first) return false
  }
  return true
}
