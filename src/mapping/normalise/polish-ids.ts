/**
 * The short way of Polish numbers: PESEL and NIP in plain digits, judged without the library, for the columns
 * of a million rows. It may say only what the library would say; in doubt it says nothing.
 */

/** What the digits are for certain; null: ask the library. */
export type DigitsVerdict = 'valid' | 'check-digit-wrong' | null

const peselWeights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1] as const
const nipWeights = [6, 5, 7, 2, 3, 4, 5, 6, 7, -1] as const

/** PESEL: the day of birth with the century in its month, a serial number, a check digit. */
export function judgePesel(text: string): DigitsVerdict {
  const sum = weighDigits(text, peselWeights)
  if (sum === null) return null
  if (sum % 10 !== 0) return 'check-digit-wrong'
  const day = pairAt(text, 4)
  // The ends of months ask for a calendar, and the years since 2020 for the day of today.
  return isMonth(pairAt(text, 2), pairAt(text, 0)) && day >= 1 && day <= 28 ? 'valid' : null
}

/** NIP: three digits of the office, six of the payer, a check digit. A person may have a PESEL in its place. */
export function judgeNip(text: string): DigitsVerdict {
  const sum = weighDigits(text, nipWeights)
  if (sum === null) return judgePesel(text)
  if (sum % 11 !== 0) return 'check-digit-wrong'
  return isOneDigit(text) ? null : 'valid'
}

/** Months of the century from 2000 on are written with 20 added. */
function isMonth(month: number, year: number): boolean {
  return (month >= 1 && month <= 12) || (month >= 21 && month <= 32 && year < 20)
}

/** null for a text that is not so many digits. */
function weighDigits(text: string, weights: readonly number[]): number | null {
  if (text.length !== weights.length) return null
  let sum = 0
  for (let at = 0; at < weights.length; at++) {
    const digit = text.charCodeAt(at) - 0x30
    if (digit < 0 || digit > 9) return null
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
