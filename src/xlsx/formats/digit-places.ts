/** Owns a row of places for digits with texts around them, such as `00-000` or `(###) ##0`. Pure. */

/** `texts[n]` stands before place `n`, the last text behind the last place. */
export interface DigitPlaces {
  readonly texts: readonly string[]
  /** `0`, `#` or `?` for each place. */
  readonly kinds: readonly string[]
}

/** What a place shows where there is no digit for it. */
function emptyPlace(kind: string): string {
  if (kind === '0') return '0'
  return kind === '?' ? ' ' : ''
}

/**
 * Digits before the decimal point, the last one in the last place; digits beyond the places stand in the first.
 * `group` goes between thousands.
 */
export function placeWhole({ texts, kinds }: DigitPlaces, digits: string, group: string): string {
  const beyond = digits.length - kinds.length
  let shown = texts[0]!
  for (let at = 0; at < kinds.length; at++) {
    const left = kinds.length - 1 - at
    if (at === 0) {
      for (let extra = 0; extra < beyond; extra++) {
        shown += digits[extra]! + separator(left + beyond - extra, group)
      }
    }
    const digit = digits[beyond + at] ?? emptyPlace(kinds[at]!)
    shown += digit
    if (digit !== '') shown += separator(left, group)
    shown += texts[at + 1]!
  }
  return shown
}

function separator(placesLeft: number, group: string): string {
  return placesLeft > 0 && placesLeft % 3 === 0 ? group : ''
}

/** Digits behind the decimal point, the first one in the first place. */
export function placeFraction({ texts, kinds }: DigitPlaces, digits: string): string {
  let shown = texts[0]!
  for (let at = 0; at < kinds.length; at++) {
    shown += (digits[at] ?? emptyPlace(kinds[at]!)) + texts[at + 1]!
  }
  return shown
}

/** The texts alone. */
export function withoutPlaces({ texts }: DigitPlaces): string {
  return texts.join('')
}
