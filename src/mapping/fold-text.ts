/** Folding for comparison: what is left of a word when case, diacritics and punctuation do not count. */

const marks = /\p{M}+/gu
const letterThenDigit = /(\p{L})(\p{N})/gu
const separators = /[^\p{L}\p{N}]+/gu

/**
 * Lower-case words of letters and digits, separated by single spaces: `Nr. tel2` → `nr tel 2`,
 * `E-Mail` → `e mail`, `Imię` → `imie`. Linear in the length of the text.
 */
export function foldText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('ł', 'l')
    .normalize('NFKD')
    .replace(marks, '')
    .replace(letterThenDigit, '$1 $2')
    .replace(separators, ' ')
    .trim()
}
