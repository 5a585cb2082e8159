/** Owns the sections of formats that show fractions: `# ?/?`, `# ??/16`, `??/??` (ECMA-376 Part 1 §18.8.31). Pure. */
import { type Decimal, fractionDigits, wholeDigits } from './decimal.ts'
import { isPlace, literalOf } from './format-code.ts'
import { convergentOf, type Fraction, fractionOver } from './fraction.ts'

/** More places than Excel fills. */
const DENOMINATOR_PLACES_MAX = 7

interface FractionSection {
  readonly before: string
  readonly after: string
  readonly hasWhole: boolean
  /** The places of the whole part. */
  readonly wholePlaces: string
  /** Denominator that the code fixes, or null. */
  readonly denominator: number | null
  readonly denominatorMax: number
}

/** Reads a section that holds a slash; null where it is no fraction that is understood. */
export function readFractionSection(
  pieces: readonly string[],
): ((decimal: Decimal) => string) | null {
  const slash = pieces.indexOf('/')
  if (pieces.lastIndexOf('/') !== slash) return null
  const numeratorStart = startOfPlaces(pieces, slash)
  const denominator = pieces
    .slice(slash + 1)
    .join('')
    .match(/^(?:[1-9][0-9]*|[0#?]+)/)?.[0]
  if (numeratorStart === slash || denominator === undefined) return null
  const wholeEnd = pieces.slice(0, numeratorStart).findLastIndex(isPlace) + 1
  const wholeStart = startOfPlaces(pieces, wholeEnd)
  const before = textOf(pieces.slice(0, wholeEnd > 0 ? wholeStart : numeratorStart))
  const gap = wholeEnd > 0 ? textOf(pieces.slice(wholeEnd, numeratorStart)) : ' '
  const after = textOf(pieces.slice(slash + 1 + denominator.length))
  if (before === null || gap?.trim() !== '' || after === null) return null
  const isFixed = /[1-9]/.test(denominator)
  if (denominator.length > DENOMINATOR_PLACES_MAX) return null
  const section = {
    before,
    after,
    hasWhole: wholeEnd > 0,
    wholePlaces: pieces.slice(wholeStart, wholeEnd).join(''),
    denominator: isFixed ? Number(denominator) : null,
    denominatorMax: 10 ** denominator.length - 1,
  }
  return decimal => showFraction(section, decimal)
}

/** Where the run of places that ends at a position begins. */
function startOfPlaces(pieces: readonly string[], end: number): number {
  let start = end
  while (isPlace(pieces[start - 1])) start--
  return start
}

/** The text of literals; null where one of them is none. */
function textOf(pieces: readonly string[]): string | null {
  const texts = pieces.map(piece =>
    isPlace(piece) || /^([@%,.]|general)$/i.test(piece) ? null : literalOf(piece),
  )
  return texts.includes(null) ? null : texts.join('')
}

function showFraction(section: FractionSection, decimal: Decimal): string {
  const { before, after, hasWhole, wholePlaces } = section
  const whole = hasWhole ? wholeDigits(decimal) : ''
  const rest = Number(`${hasWhole ? '' : wholeDigits(decimal)}.${fractionDigits(decimal)}0`)
  const { numerator, denominator } = fractionOf(section, rest)
  const slashed = `${numerator}/${denominator}`
  if (!hasWhole) return before + slashed + after
  if (numerator === denominator) return before + nextWhole(whole) + after
  if (numerator === 0) return before + (whole || '0') + after
  const zeros = wholePlaces.replace(/[#?]/g, '').length
  return `${before}${whole.padStart(zeros, '0')} ${slashed}${after}`.trimStart()
}

function fractionOf({ denominator, denominatorMax }: FractionSection, value: number): Fraction {
  return denominator === null
    ? convergentOf(value, denominatorMax)
    : fractionOver(value, denominator)
}

function nextWhole(whole: string): string {
  return String(BigInt(whole || '0') + 1n)
}
