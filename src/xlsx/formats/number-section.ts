/**
 * Owns a section of a format that shows numbers (ECMA-376 Part 1 §18.8.31): read once, it shows any number. A
 * section that asks for more than this file understands shows nothing: nobody gets a text that Excel would not show.
 * Pure.
 */
import { type Decimal, decimalOf, fractionDigits, round, shift, wholeDigits } from './decimal.ts'
import { type DigitPlaces, placeFraction, placeWhole, withoutPlaces } from './digit-places.ts'
import { isPlace, literalOf } from './format-code.ts'
import { readFractionSection } from './fraction-section.ts'
import type { NumberSigns } from './number-signs.ts'

export interface Showing {
  readonly signs: NumberSigns
  /**
   * Whether the number is a phone number or a code: then separators of thousands, the zeros behind the decimal
   * point of a whole number and its powers of ten say nothing, and are left out.
   */
  readonly asCode: boolean
}

/** Shows the size of a number, its sign aside. */
export type SectionShower = (decimal: Decimal, showing: Showing) => string

/** Reads a section; null where nobody can say what it shows. */
export function readNumberSection(pieces: readonly string[]): SectionShower | null {
  if (pieces.includes('/')) {
    const slash = readFractionSection(pieces)
    if (slash !== null) return slash
  }
  const section = new SectionReader(pieces).read()
  return section === null ? null : (decimal, showing) => showSection(section, decimal, showing)
}

interface NumberSection {
  /** Powers of ten that percent signs and commas stand for. */
  readonly shift: number
  readonly isGrouped: boolean
  readonly isGeneral: boolean
  readonly hasPoint: boolean
  readonly whole: DigitPlaces
  readonly fraction: DigitPlaces
  readonly exponent: DigitPlaces | null
  readonly isExponentSigned: boolean
}

function showSection(section: NumberSection, decimal: Decimal, showing: Showing): string {
  const { whole, fraction, exponent } = section
  const { signs, asCode } = showing
  const shifted = shift(decimal, section.shift)
  const isCode = asCode && fractionDigits(shifted) === ''
  if (section.isGeneral) return whole.texts.join(showPlainly(shifted, signs))
  if (exponent !== null) {
    if (!isCode) return showPowers(section, exponent, shifted, signs)
    return whole.texts[0]! + showPlainly(shifted, signs) + exponent.texts.at(-1)!
  }
  const rounded = round(shifted, fraction.kinds.length)
  const digits = wholeDigits(rounded)
  const shown = placeWhole(whole, digits, section.isGrouped && !asCode ? signs.group : '')
  if (isCode) return shown + withoutPlaces(fraction)
  const point = section.hasPoint ? signs.point : ''
  return shown + point + placeFraction(fraction, fractionDigits(rounded))
}

/** Characters that the format General shows of a number with a decimal point, the point aside. */
const GENERAL_DIGITS = 10

/** As the format General does, but with all digits of a whole number. */
function showPlainly(decimal: Decimal, signs: NumberSigns): string {
  const rounded = round(decimal, Math.max(0, GENERAL_DIGITS - Math.max(1, decimal.point)))
  const fraction = fractionDigits(rounded)
  return (wholeDigits(rounded) || '0') + (fraction === '' ? '' : signs.point + fraction)
}

/** `0.00E+00`: the places before the point say by how many powers of ten the exponent steps. */
function showPowers(
  section: NumberSection,
  exponent: DigitPlaces,
  decimal: Decimal,
  signs: NumberSigns,
): string {
  const { whole, fraction } = section
  const step = Math.max(1, whole.kinds.length)
  let power = decimal.digits === '' ? 0 : Math.floor((decimal.point - 1) / step) * step
  let mantissa = round(shift(decimal, -power), fraction.kinds.length)
  if (mantissa.point > step) {
    power += step
    mantissa = round(shift(decimal, -power), fraction.kinds.length)
  }
  const sign = power < 0 ? '-' : section.isExponentSigned ? '+' : ''
  return (
    placeWhole(whole, wholeDigits(mantissa), '') +
    (section.hasPoint ? signs.point : '') +
    placeFraction(fraction, fractionDigits(mantissa)) +
    `E${sign}` +
    placeWhole(exponent, wholeDigits(decimalOf(power)), '')
  )
}

/** A row of places while it grows. */
class Places implements DigitPlaces {
  readonly texts: string[] = ['']
  readonly kinds: string[] = []

  addText(text: string): void {
    this.texts[this.texts.length - 1] += text
  }

  addPlace(kind: string): void {
    this.kinds.push(kind)
    this.texts.push('')
  }
}

class SectionReader {
  readonly #pieces: readonly string[]
  readonly #whole = new Places()
  readonly #fraction = new Places()
  readonly #exponent = new Places()
  #row = this.#whole
  #shift = 0
  #isGrouped = false
  #isGeneral = false
  #isExponentSigned = false
  #hasPoint = false

  constructor(pieces: readonly string[]) {
    this.#pieces = pieces
  }

  read(): NumberSection | null {
    const pieces = this.#pieces
    for (let at = 0; at < pieces.length; at++) {
      const taken = this.#take(pieces[at]!, at)
      if (taken === 0) return null
      at += taken - 1
    }
    const hasPlaces = [this.#whole, this.#fraction].some(({ kinds }) => kinds.length > 0)
    const hasExponent = this.#row === this.#exponent
    if (this.#isGeneral && hasPlaces) return null
    if (hasExponent && this.#exponent.kinds.length === 0) return null
    return {
      shift: this.#shift,
      isGrouped: this.#isGrouped,
      isGeneral: this.#isGeneral,
      hasPoint: this.#hasPoint,
      whole: this.#whole,
      fraction: this.#fraction,
      exponent: hasExponent ? this.#exponent : null,
      isExponentSigned: this.#isExponentSigned,
    }
  }

  /** Takes the piece at a position; gives how many pieces it took, 0 for one that this file does not understand. */
  #take(piece: string, at: number): number {
    const [before, after] = [this.#pieces[at - 1], this.#pieces[at + 1]]
    if (isPlace(piece)) {
      this.#row.addPlace(piece)
      return 1
    }
    if (piece === '.' && (isPlace(before) || isPlace(after))) return this.#takePoint()
    if (piece === ',' && (isPlace(before) || before === ',')) return this.#takeComma(at)
    if (/^general$/i.test(piece)) return this.#takeGeneral()
    const isExponent = /^e$/i.test(piece) && (after === '+' || after === '-')
    if (isExponent) return isPlace(before) ? this.#takeExponent(after) : 0
    if (piece === '@' || piece === '/') return 0
    // To some programs it is a sign, to others an escape as the backslash is.
    if (piece === '!' && after !== undefined) return 0
    if (piece === '%') this.#shift += 2
    const text = literalOf(piece)
    if (text === null) return 0
    this.#row.addText(text.replace(/[\u00a0\u202f]/g, ' '))
    return 1
  }

  #takePoint(): number {
    if (this.#row !== this.#whole) return 0
    this.#hasPoint = true
    this.#row = this.#fraction
    return 1
  }

  /** Between places a comma separates thousands; behind the last of them it divides by a thousand. */
  #takeComma(at: number): number {
    const rest = this.#pieces.slice(at + 1)
    const point = rest.indexOf('.')
    const isBetween = (point < 0 ? rest : rest.slice(0, point)).some(isPlace)
    if (isBetween && this.#row !== this.#whole) return 0
    if (isBetween) this.#isGrouped = true
    else this.#shift -= 3
    return 1
  }

  #takeGeneral(): number {
    if (this.#isGeneral) return 0
    this.#isGeneral = true
    this.#whole.texts.push('')
    return 1
  }

  #takeExponent(sign: string): number {
    if (this.#row === this.#exponent) return 0
    this.#row = this.#exponent
    this.#isExponentSigned = sign === '+'
    return 2
  }
}
