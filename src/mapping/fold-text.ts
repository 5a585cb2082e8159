/** Folding for comparison: what is left of a word when case, diacritics and punctuation do not count. */
import { decomposeText } from '../contracts/normal-form.ts'

/** UTF-16 units of the longest text that may be a word or a column name; the list of names stays far below. */
const foldedLengthMax = 512

const marks = /\p{M}+/gu
const letterThenDigit = /(\p{L})(\p{N})/gu
const separators = /[^\p{L}\p{N}]+/gu

/**
 * Lower-case words of letters and digits, separated by single spaces: `Nr. tel2` → `nr tel 2`,
 * `E-Mail` → `e mail`, `Imię` → `imie`. Nothing is left of a text that is too long to be a word.
 */
export function foldText(text: string): string {
  const letters =
    decomposeText(text.toLowerCase().replaceAll('ł', 'l').replaceAll('ı', 'i'), foldedLengthMax) ??
    ''
  return letters
    .replace(marks, '')
    .replace(letterThenDigit, '$1 $2')
    .replace(separators, ' ')
    .trim()
}
