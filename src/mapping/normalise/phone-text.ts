/**
 * What stands around and between the digits of a phone cell: signs, words, remarks in brackets, hours, an
 * extension. This file takes them off and names them. It gives the digits in segments, one for each number that
 * there may be, and reads no number.
 */
import { decomposeText } from '../../contracts/normal-form.ts'
import { countryOfWord } from '../countries.ts'
import { dropHiddenCharacters } from './hidden-characters.ts'

/** Longer texts are no number, however many words stand beside it. */
export const phoneTextLengthMax = 120

export type PhoneTextFault = 'phone-invalid' | 'phone-extension' | 'digits-lost'

/** What stood between two segments: a slash, a dash with blanks, a comma, words, or anything else. */
export type Joint = '/' | '-' | ',' | 'words' | 'other'

export interface PhoneText {
  /** Digits, blanks, brackets and dashes, perhaps with a plus in front. */
  readonly segments: readonly string[]
  /** One fewer than segments. */
  readonly joints: readonly Joint[]
  /** What `takeApart` took off: words, the .0 of an export, signs. */
  readonly dropped: 'phone-words-dropped' | 'decimal-zero-dropped' | 'signs-dropped' | null
  /** Whether a plus stands there more often than once before a number. */
  readonly plusRepeated: boolean
  /** The country that the words name. */
  readonly country: string | null
}

const exponent = /^\+?\d(?:[.,]\d+)?e\+?\d{1,3}$/i
const decimalZero = /^(\+?\d{6,15}|\d{1,3}(?: \d{3})+)[.,]0{1,2}$/
const decimalFraction = /^(?:\+?\d{6,15}|\d{1,3}(?: \d{3})+)[.,]\d{1,2}$/

/** Beginnings of the digits of Arabic, Persian and Hindi. */
const zerosOfScripts = [0x660, 0x6f0, 0x966] as const
const otherDigits = /[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g

const bullets = /[•·‣◦▪●|¦]+/g
const dashes = /[\u2010-\u2015\u2212\ufe58\ufe63]/g
const lineBreaks = /\s*[\n\v\f\r\u0085\u2028\u2029]\s*/g
const openBrackets = /[[{<]/g
const closeBrackets = /[\]}>]/g
const apostrophes = /['’‘`´_\u02bc\u2032]/g

const signsInFront = /^[\s"„“”«»*=#•·:;,.~|/\\-]+/
const signsBehind = /[\s"„“”«»*;:,.~|/\\!-]+$/

/** After a number: a word for an extension, and its digits. */
const extensionWords =
  'w|wew|wewn|wewnetrzn[ya]|ext|extn|extension|x|dw|durchwahl|nst|nebenst|nebenstelle|kl|klappe|klapka|' +
  'linka|app|apparat|toestel|poste|interno|int|anexo|anschluss|доб|внутр|вн'
const extension = new RegExp(
  `^(.*\\d.*?)(?:(?<![\\p{L}])(?:${extensionWords})[\\s.:=)]*|#\\s*)(?:nr\\.?\\s*)?\\d{1,6}(?!\\d|[ -]\\d{3})`,
  'iu',
)

const hour = '[0-2]?\\d(?:[:.][0-5]\\d)?'
const hours = new RegExp(
  '(?<![\\p{L}\\d])(?:po|od|do|przed|godz|after|before|from|till|until|nach|vor|ab|bis|von|um)[\\s.]*' +
    `(?:godz[\\s.]*)?${hour}(?:\\s*(?:-|do|bis|to)\\s*${hour})?(?:\\s*(?:h|uhr|godz)\\.?)?(?!\\d)` +
    '|(?<![\\d:])[0-2]?\\d:[0-5]\\d(?:\\s*(?:-|do|bis|to)\\s*[0-2]?\\d:[0-5]\\d)?(?![\\d:])',
  'giu',
)

/** Words that say that the number is not the one to call. */
const doubtWords =
  /(?<!\p{L})(?:nie|stary|stare|bledny|zly|nieaktualn\p{L}*|nieczynn\p{L}*|falsch|alt|ungultig|wrong|old|not|invalid)(?!\p{L})/iu

const remark = /\(([^()]*)\)/g
/** Anything that is neither a digit nor a sign of numbers. */
const otherRun = /[^\d+()\-., /\\;|]+/g
const letter = /\p{L}|\p{Extended_Pictographic}|\p{So}/u
/** Letters that are taken for digits, or for digits left out. */
const digitLikeLetter = /^[oilszbx]+$/i

/** Stands for words that were taken out. */
const gap = '□'
const edges = /^[\s\-.,;:/\\|□]+|[\s\-.,;:/\\|□]+$/g
/** Where one segment ends: at words, slashes, commas, or a dash between blanks. */
const joint = /\s*[.\s-]*[□;|/\\,][□;|/\\,.\s-]*|\s+-+\s+|\s*-{2,}\s*/g
const plusAmidst = /(?<=[\d)])\s*(?=\+)/g

/** The parts of a phone cell, or why it is none. */
export function takeApart(raw: string): PhoneText | PhoneTextFault {
  const plain = plainText(raw)
  if (plain === null || !/\d/.test(plain)) return 'phone-invalid'
  const unquoted = plain.replace(/^'+/, '')
  if (exponent.test(unquoted)) return 'digits-lost'
  const whole = decimalZero.exec(unquoted)?.[1]
  if (whole === undefined && decimalFraction.test(unquoted)) return 'phone-invalid'
  const bare = (whole ?? unquoted).replace(signsInFront, '').replace(signsBehind, '')
  if (isExtended(bare)) return 'phone-extension'
  const unremarked = bare.replace(remark, replaceRemark).replace(hours, gap)
  const words = takeWords(unremarked)
  if (words === null) return 'phone-invalid'
  const text = words.text.replace(/\+[+\s]*/g, '+').replace(/\+\s*\((\d+)\)/g, '+$1 ')
  const trimmed = text.replace(edges, '')
  return {
    ...splitSegments(trimmed),
    dropped: droppedOf({ plain, whole, bare, words: words.taken || unremarked.includes(gap) }),
    plusRepeated: /\+\s*\+/.test(words.text),
    country: words.country,
  }
}

/** Bounded, decomposed and without marks: digits, blanks, bullets and dashes in their plain form. */
function plainText(raw: string): string | null {
  if (raw.length > phoneTextLengthMax) return null
  const text = dropHiddenCharacters(raw).trim()
  const plain = /[^\x20-\x7e]/.test(text)
    ? decomposeText(text.replace(lineBreaks, ';'), phoneTextLengthMax)
    : text
  return (
    plain
      ?.replace(/\p{M}+/gu, '')
      .replaceAll('ł', 'l')
      .replace(otherDigits, plainDigit)
      .replace(bullets, ';')
      .replace(dashes, '-')
      .replace(openBrackets, '(')
      .replace(closeBrackets, ')')
      .replace(apostrophes, "'")
      .replace(/\s/g, ' ')
      .trim() ?? null
  )
}

function plainDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  return String(code - zerosOfScripts.findLast(zero => zero <= code)!)
}

/** An extension stands behind a number, not behind a word in front of one. */
function isExtended(text: string): boolean {
  const before = extension.exec(text)?.[1]
  return before !== undefined && countDigits(before) >= 5
}

function replaceRemark(whole: string, content: string): string {
  const digits = countDigits(content)
  if (digits >= 7 && !content.includes(':')) return `;${content};`
  return digits < 5 && letter.test(content) ? gap : whole
}

interface TakenWords {
  readonly text: string
  readonly taken: boolean
  readonly country: string | null
}

/** Puts gaps in the places of words; null where a sign or letter stands within a number. */
function takeWords(text: string): TakenWords | null {
  if (doubtWords.test(text)) return null
  let country: string | null = null
  let taken = false
  let isFaulty = false
  const rest = text.replace(otherRun, (run, at: number) => {
    const before = text[at - 1] ?? ' '
    const after = text[at + run.length] ?? ' '
    const touchesDigit = /\d/.test(before) || /\d/.test(after)
    if (run === "'") return ' '
    if (!letter.test(run)) {
      const isEdge = !/\d/.test(text.slice(0, at)) || !/\d/.test(text.slice(at + run.length))
      if (!/^[:!'"&]+$/.test(run) || (run.includes(':') && !isEdge)) isFaulty = true
      return run.includes('&') ? ';' : ' '
    }
    if (touchesDigit && digitLikeLetter.test(run)) isFaulty = true
    taken = true
    country ??= countryOfWord(run.replace(/[^\p{L}]/gu, ''))
    return gap
  })
  return isFaulty ? null : { text: rest, taken, country }
}

function splitSegments(text: string): Pick<PhoneText, 'segments' | 'joints'> {
  const segments: string[] = []
  const joints: Joint[] = []
  const parted = text.replace(plusAmidst, ';')
  let from = 0
  for (const { 0: between, index } of parted.matchAll(joint)) {
    segments.push(parted.slice(from, index))
    joints.push(jointOf(between))
    from = index + between.length
  }
  segments.push(parted.slice(from))
  return { segments, joints }
}

function jointOf(text: string): Joint {
  if (text.includes(gap)) return 'words'
  const signs = new Set(text.replaceAll(/\s/g, ''))
  if (signs.size !== 1) return 'other'
  const [sign] = signs
  if (sign === '/' || sign === '\\') return '/'
  return sign === '-' || sign === ',' ? sign : 'other'
}

interface Peeled {
  readonly plain: string
  readonly whole: string | undefined
  readonly bare: string
  readonly words: boolean
}

function droppedOf({ plain, whole, bare, words }: Peeled): PhoneText['dropped'] {
  if (words) return 'phone-words-dropped'
  if (whole !== undefined) return 'decimal-zero-dropped'
  return bare === plain ? null : 'signs-dropped'
}

function countDigits(text: string): number {
  return text.replace(/\D/g, '').length
}
