/**
 * Owns Unicode normalisation (UAX #15). It is quadratic in the combining marks that follow one another, so every
 * text that a caller or a file brought passes here, where its length and its marks are bounded first.
 */
import { combiningMarksMax } from '../limits.ts'

const endlessMarks = new RegExp(`\\p{M}{${combiningMarksMax + 1}}`, 'u')

/**
 * The text in NFC, the form that is stored and searched. Null for a text of more than `lengthMax` UTF-16 units,
 * or with more combining marks in a row than any language writes.
 */
export function composeText(text: string, lengthMax: number): string | null {
  return normaliseBounded(text, 'NFC', lengthMax)
}

/** The text in NFKD, for comparing without marks; null as for `composeText`. */
export function decomposeText(text: string, lengthMax: number): string | null {
  return normaliseBounded(text, 'NFKD', lengthMax)
}

/** The text in NFKC, in which letters that stand for others become those; null as for `composeText`. */
export function composeCompatibly(text: string, lengthMax: number): string | null {
  return normaliseBounded(text, 'NFKC', lengthMax)
}

function normaliseBounded(
  text: string,
  form: 'NFC' | 'NFKC' | 'NFKD',
  lengthMax: number,
): string | null {
  if (text.length > lengthMax || endlessMarks.test(text)) return null
  return text.normalize(form)
}
