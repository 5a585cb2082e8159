/**
 * Owns the question whether a section of a format shows a value as a date (ECMA-376 Part 1 §18.8.31). Pure.
 */
/** What a format makes of a number. */
export type FormatKind = 'number' | 'date' | 'time' | 'elapsed'

/** The kind of a section, by its pieces. */
export function kindOfSection(pieces: readonly string[]): FormatKind {
  if (pieces.some(piece => /^\[(h+|m+|s+)\]$/i.test(piece))) return 'elapsed'
  const letters = pieces.filter(isBare).join('').toLowerCase()
  return kindOfLetters(letters)
}

/** Whether a section is a single word, such as `Standard`: the name of a format where its code should be. */
export function isFormatName(pieces: readonly string[]): boolean {
  const bare = pieces.filter(piece => !piece.startsWith('['))
  return bare.length > 1 && bare.every(piece => /^\p{L}$/u.test(piece))
}

/** Whether a section has places for digits other than those of parts of a second. */
export function hasDigits(pieces: readonly string[]): boolean {
  return /[0#?]/.test(
    pieces
      .filter(isBare)
      .join('')
      .replace(/[.,]0+/g, ''),
  )
}

function isBare(piece: string): boolean {
  return piece.length === 1 || /^(general|am\/pm|a\/p)$/i.test(piece)
}

/** Letters of formats, with the era, the Buddhist year and the weekday of East Asian ones. */
const DATE_LETTERS = 'ymdhsegba'
/** Latin letters that stand in no format: a code that holds one bare is none of a date. */
const OTHER_LETTER = new RegExp(`(?![${DATE_LETTERS}])[a-z\\u00df-\\u024f]`)

/** `letters` is a section without its literals, in lower case. */
function kindOfLetters(letters: string): FormatKind {
  const plain = letters
    .replaceAll('general', '')
    .replace(/am\/pm|a\/p/g, 'h')
    // ISO 8601 puts a bare T before the time, and a Z behind it.
    .replace(/(?<=[dy])t(?=h)|(?<=[s0])z$/g, '')
  if (OTHER_LETTER.test(plain)) return 'number'
  if (/e[+-]/.test(plain) && !/[ydhs]/.test(plain)) return 'number'
  if (/[yd]|mmm/.test(plain)) return 'date'
  // Eras and Buddhist years; beside digits these letters are units that should have been quoted.
  if (/[gbe]/.test(plain) && !/[0#?]/.test(plain)) return 'date'
  const hasTime = /[hs]/.test(plain)
  if (!/m/.test(plain)) return hasTime ? 'time' : 'number'
  return hasTime && isMinute(plain) ? 'time' : 'date'
}

/** `m` is a minute after an hour or before a second (§18.8.31), else a month. */
function isMinute(letters: string): boolean {
  const units = letters.replace(/[^hms]/g, '').replace(/(.)\1+/g, '$1')
  return !/(^|[^h])m([^s]|$)/.test(units)
}
