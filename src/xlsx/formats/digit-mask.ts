/**
 * Owns number formats that show a whole number digit by digit, such as `00-000` or `000 000 000`
 * (ECMA-376 Part 1 §18.8.31): postal codes, telephone and identity numbers, whose leading zeros stand in
 * the format alone. Pure.
 */

/** The text before each place of a digit, and after the last. */
export type DigitMask = readonly string[]

/** Fewer places are a plain number; their sign says nothing of what is counted. */
const PLACES_MIN = 2
/** What separates digits; a text with letters is a unit. */
const SEPARATORS = /^[-+ ./()\u00a00-9]*$/

/** The mask of a format's only section, by its pieces, or null where it is none. */
export function parseDigitMask(pieces: readonly string[]): DigitMask | null {
  const texts = ['']
  for (const piece of pieces) {
    if (piece === '0') texts.push('')
    else {
      const text = literalOf(piece)
      if (text === null) return null
      texts.push(texts.pop()! + text)
    }
  }
  return texts.length > PLACES_MIN && texts.every(text => SEPARATORS.test(text)) ? texts : null
}

/** The text that a piece shows as it is; null for one that does something else. */
function literalOf(piece: string): string | null {
  if (piece.startsWith('"')) return piece.slice(1).replace(/"$/, '')
  if (piece.startsWith('\\')) return piece.slice(1)
  // `[$-415]` names a language, `[$zł-415]` a sign of it.
  const sign = /^\[\$([^\]-]*)(-[^\]]*)?\]$/.exec(piece)
  if (sign !== null) return sign[1]!
  return /^[-+/() ]$/.test(piece) ? piece : null
}

/** A whole number, not below zero, as the mask shows it: digits beyond its places come first. */
export function showDigits(mask: DigitMask, value: number): string {
  const places = mask.length - 1
  const digits = String(value).padStart(places, '0')
  const beyond = digits.length - places
  const texts = mask.slice(1).map((text, at) => digits[beyond + at] + text)
  return mask[0] + digits.slice(0, beyond) + texts.join('')
}
