/**
 * Owns numbers as decimal digits, which is how formats round and show them: with the 15 digits that a
 * spreadsheet keeps of a number, halves away from zero. Pure.
 */

/** `0.<digits> × 10^<point>`, without a sign. Zero has no digits. */
export interface Decimal {
  readonly digits: string
  /** How many of the digits, or of the zeros behind them, stand before the decimal point. */
  readonly point: number
}

const SPREADSHEET_DIGITS = 15
const ZERO: Decimal = { digits: '', point: 0 }

/** The decimal of a finite number, whatever its sign. */
export function decimalOf(value: number): Decimal {
  const size = Math.abs(value)
  if (size === 0) return ZERO
  if (Number.isSafeInteger(size)) {
    const digits = String(size)
    return { digits, point: digits.length }
  }
  const text = String(size)
  const written = text.indexOf('.')
  // The shortest text of most numbers has few enough digits, and no power of ten.
  if (size >= 1 && written > 0 && text.length <= SPREADSHEET_DIGITS + 1) {
    return { digits: text.slice(0, written) + text.slice(written + 1), point: written }
  }
  const [mantissa, exponent] = size.toExponential(SPREADSHEET_DIGITS - 1).split('e')
  const digits = mantissa!.replace('.', '').replace(/0+$/, '')
  return { digits, point: Number(exponent) + 1 }
}

/** The decimal of a text of digits alone. */
export function decimalOfDigits(text: string): Decimal {
  const digits = text.replace(/^0+/, '')
  return { digits, point: digits.length }
}

/** The decimal times ten to the power of `places`. */
export function shift(decimal: Decimal, places: number): Decimal {
  return places === 0 || decimal.digits === ''
    ? decimal
    : { digits: decimal.digits, point: decimal.point + places }
}

/** The decimal with so many digits behind the point at most. */
export function round(decimal: Decimal, places: number): Decimal {
  const { digits, point } = decimal
  const kept = point + places
  if (kept >= digits.length) return decimal
  if (kept < 0) return ZERO
  const isUp = digits.charCodeAt(kept) >= 0x35
  if (!isUp) return kept === 0 ? ZERO : { digits: digits.slice(0, kept), point }
  let last = kept - 1
  while (last >= 0 && digits[last] === '9') last--
  if (last < 0) return { digits: '1', point: point + 1 }
  const raised = String.fromCharCode(digits.charCodeAt(last) + 1)
  return { digits: digits.slice(0, last) + raised, point }
}

/** The digits before the decimal point; none for a number below one. */
export function wholeDigits({ digits, point }: Decimal): string {
  return point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0')
}

/** The digits behind the decimal point, without zeros at their end. */
export function fractionDigits({ digits, point }: Decimal): string {
  const rest = point < 0 ? '0'.repeat(-point) + digits : digits.slice(point)
  let end = rest.length
  while (end > 0 && rest[end - 1] === '0') end--
  return rest.slice(0, end)
}
