/** Owns the fraction that stands for a number in formats such as `# ?/?`. Pure. */

export interface Fraction {
  readonly numerator: number
  readonly denominator: number
}

/** The fraction of this denominator that is nearest to a number of at least zero. */
export function fractionOver(value: number, denominator: number): Fraction {
  return { numerator: Math.round(value * denominator), denominator }
}

/** What is left of a number when its continued fraction has come to its end, but for the error of doubles. */
const REST_MIN = 5e-8

/**
 * The last convergent of a number's continued fraction whose denominator is no greater than that: the fraction
 * that Excel shows, which is not always the nearest one. The number is at least zero.
 */
export function convergentOf(value: number, denominatorMax: number): Fraction {
  let before: Fraction = { numerator: 1, denominator: 0 }
  let now: Fraction = { numerator: Math.floor(value), denominator: 1 }
  let rest = value - Math.floor(value)
  while (rest > REST_MIN) {
    const inverse = 1 / rest
    const times = Math.floor(inverse)
    const next: Fraction = {
      numerator: before.numerator + times * now.numerator,
      denominator: before.denominator + times * now.denominator,
    }
    if (next.denominator > denominatorMax) return now
    before = now
    now = next
    rest = inverse - times
  }
  return now
}
