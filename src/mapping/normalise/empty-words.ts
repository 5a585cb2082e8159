/**
 * Words and signs that stand for no value: `-`, `brak`, `n/d`, `0000-00-00`, `#N/D!`. In fields whose values
 * have a form (phones, addresses, dates, numbers of people) every such word counts, in any case and language; in
 * names and free text only what cannot be a name.
 */
import { foldText } from '../fold-text.ts'
import { doubtfulSpellings, emptySpellings, emptyWordList } from './empty-word-list.ts'

/** Longer texts say something. */
const emptyTextLengthMax = 40

const signsAlone = /^[^\p{L}\p{N}\p{Extended_Pictographic}]*$/u
/** Pictures are signs, too, where values have a form. */
const noLetters = /^[^\p{L}\p{N}]*$/u
const zeros = /^[0\s.,:/()+-]*$/
/** `#N/A`, `#N/D!`, `#DIV/0!`, `#NAZWA?`, `#¡VALOR!` */
const spreadsheetError = /^#[¡¿]?[\p{Lu}\d_/]*\p{Lu}[\p{Lu}\d_/]*[!?]?$/u
/** `+48`, `(+48)`, `0048` */
const callingCodeAlone = /^\(?\s*(?:\+|00)\s*\(?\d{1,3}\s*\)?$/
/** `+48 ___ ___ ___`, `xxx-xxx-xxx`, `__.__.____` */
const mask = /^(?:\(?\+?\d{1,3}\)?)?[\s()./:@-]*[_x#*][\s()_x#*./:@-]*$/i
const dateMask =
  /^(?:(?:dd|tt|jj|gg|дд|mm)[\s./-]+(?:mm|мм|dd)[\s./-]+(?:yyyy|rrrr|jjjj|aaaa|gggg|гггг|рррр|yy|rr)|(?:yyyy|rrrr|jjjj|aaaa)[\s./-]+mm[\s./-]+(?:dd|tt|jj|gg))$/i
/** The days that spreadsheets and databases show for nothing. */
const zeroDay =
  /^(?:0{1,2}[./-]0?1[./-]1900|1900[./-]0?1[./-]0{1,2}|0?1[./-]0?1[./-]0001|0001[./-]0?1[./-]0?1|3[01]\.12\.1899|1899-12-3[01])(?:[T ][0:.]*)?$/

/** A column has few words for no value, each a million times. */
const judged = new Map<string, boolean>()
const judgedMax = 1_000

/** Whether a text stands for no value in a field whose values have a form. */
export function isEmptyWord(text: string): boolean {
  if (text.length > emptyTextLengthMax) return false
  const known = judged.get(text)
  if (known !== undefined) return known
  const isEmpty = judgeWord(text)
  if (judged.size < judgedMax) judged.set(text, isEmpty)
  return isEmpty
}

function judgeWord(text: string): boolean {
  if (emptyWordList.has(text) || noLetters.test(text) || zeros.test(text)) return true
  if (mask.test(text) || callingCodeAlone.test(text)) return true
  if (spreadsheetError.test(text) || zeroDay.test(text) || dateMask.test(text)) return true
  return emptyWordList.has(foldText(text))
}

/** A first letter of `emptySpellings` and `doubtfulSpellings`. */
const firstLetters: ReadonlySet<number> = new Set(
  [...emptySpellings, ...doubtfulSpellings].map(spelling => spelling.charCodeAt(0)),
)
const spellingLengthMax = 16

/** Whether a name or free text stands for no value; `doubtful` where it may, and may be a name. */
export function judgeEmptyText(text: string): 'empty' | 'doubtful' | null {
  const first = text.charCodeAt(0)
  if (isLetterOrDigit(first) && !firstLetters.has(first)) return null
  if (text.length > emptyTextLengthMax) return null
  if (text.length <= spellingLengthMax) {
    if (emptySpellings.has(text)) return 'empty'
    if (doubtfulSpellings.has(text)) return 'doubtful'
  }
  if (isLetterOrDigit(first)) return null
  return signsAlone.test(text) || spreadsheetError.test(text) ? 'empty' : null
}

function isLetterOrDigit(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) ||
    (code >= 0x41 && code <= 0x5a) ||
    isDigit(code) ||
    (code > 0xbf && !(code >= 0x2000 && code <= 0x303f) && code !== 0xd7 && code !== 0xf7)
  )
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}
