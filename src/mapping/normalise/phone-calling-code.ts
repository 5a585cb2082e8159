/**
 * Calling codes that were doubled or mistyped: `+48 48 501 234 567`, `+480048…`, `0 48 501 234 567`. This file
 * puts them right where one number results, and never adds or guesses a digit.
 */
import { type CountryCode, getCountries, getCountryCallingCode } from 'libphonenumber-js/max'
import { askLibrary, type NumberDigits } from './phone-library.ts'

const knownCodes: ReadonlySet<string> = new Set(
  getCountries().map(country => getCountryCallingCode(country)),
)

/** Codes have one to three digits (ITU-T E.164). */
const codeLengthMax = 3

/** The E.164 number that is left when the calling code stands once, or null where none or several result. */
export function mendCallingCode(
  { digits, plus }: NumberDigits,
  region: CountryCode,
): string | null {
  const zeros = countZeros(digits)
  const rest = digits.slice(zeros)
  const isForeign = plus || zeros >= 2
  const found = new Set<string>()
  for (const code of codesOf(rest, isForeign, region)) {
    if (!rest.startsWith(code)) continue
    const behind = rest.slice(code.length)
    const again = behind.slice(Math.min(2, countZeros(behind)))
    const readings = again.startsWith(code) ? [again.slice(code.length)] : []
    // One 0 or three before a code are a slip; two are the international prefix, unless a plus stands there too.
    if (zeros > 0 && (plus || zeros !== 2)) readings.push(behind)
    for (const national of readings) {
      const phone = askLibrary(`${code}${national}`, true, region)
      if (phone) found.add(phone.number)
    }
  }
  const [number] = found
  return found.size === 1 ? number! : null
}

/** The codes that may be meant: the region's own, and behind a plus or 00 any. */
function codesOf(rest: string, isForeign: boolean, region: CountryCode): ReadonlySet<string> {
  const codes = new Set<string>([getCountryCallingCode(region)])
  for (let length = 1; isForeign && length <= codeLengthMax; length++) {
    const code = rest.slice(0, length)
    if (knownCodes.has(code)) codes.add(code)
  }
  return codes
}

function countZeros(digits: string): number {
  let count = 0
  while (digits[count] === '0') count++
  return count
}
