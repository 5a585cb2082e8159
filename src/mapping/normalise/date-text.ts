/**
 * What stands around a date in a text: signs, a word before it, the day of the week, a time of day, a zone,
 * `r.` for the year. This file takes them off and names them; it does not read the date that is left.
 */
import { weekdaysOf } from './calendar-words.ts'
import { dropHiddenCharacters } from './hidden-characters.ts'
import { noDate, scanNumericDate } from './numeric-date.ts'

/** Longer texts are no date, however it is written. */
export const dateTextLengthMax = 60

/** Year, month and day have so many digits together at the least. */
const digitsMin = 6

export interface PeeledDate {
  /** The date alone, with single blanks; a day of the week may stand in front or behind. */
  readonly text: string
  /** The date without the day of the week. */
  readonly date: string
  /** `midnight` also for a text without a time; `clock` for any other time of day. */
  readonly time: 'midnight' | 'clock' | 'invalid'
  /** Whether this file left out more than mere spelling: signs, words, a zone. */
  readonly dropped: boolean
  /** What the word in front or behind may mean, 0 is Sunday; null where it is no day of the week. */
  readonly weekdays: ReadonlySet<number> | null
}

const blanks = /\s+/g
const dashes = /[\u2010-\u2015\u2212]/g
/** `="31.12.1990"`, as exports write what Excel shall take for text. */
const textFormula = /^="(.*)"$/
const signsAround = /^['’`"*]+ ?|["']$/g
const brackets = /^[([](.*)[)\]]$/
const wordsBefore =
  /^(?:ur(?:\.|odz\.|odzony|odzona)?|data ur(?:\.|odzenia)?|geb(?:\.|oren)?(?: am)?|born(?: on)?|d\.?o\.?b\.?|dn(?:\.|ia)|nar(?:\.|ozen[aý]?)|n[ée]e? le|nacid[oa] el|nat[oa] il)(?:[ :]+|(?<=\.))(?=\S)/i
/** A day of the week, perhaps in brackets, before the date or behind it. */
const wordInFront = /^[([]?(\p{L}[\p{L}\p{M}'’-]*)(?:\.[)\]]?[,:]? ?|[)\]]?[,:]? )(?=\d)/u
const wordBehind = /(?<=[\d.]),? ?[([]?(\p{L}[\p{L}\p{M}'’-]{1,28})\.?[)\]]?$/u
const yearWord = /(?<=\d) ?(?:r|rok|roku|г|год|года|р|рік|року|god|godine|g|gada|év)\.?(?=$| |,)/iu
const time =
  /(?: ?T|,? (?:godz\.? |um |at |o )?)(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?: ?([ap])\.?m\.?)?( ?(?:Z|UTC|GMT)?(?:[+-]\d{2}:?\d{2})?)(?: \([^()]*\))?$/i
/** `1990年12月31日` and `1990년 12월 31일`. */
const ideographsBetween = /(?<=\d) ?[年월年月년] ?(?=\d)/g
const ideographBehind = /(?<=\d) ?[日일号]$/

/** Takes off what stands around a date; null for a text that cannot hold one. */
export function peelDateText(raw: string): PeeledDate | null {
  if (raw.length > dateTextLengthMax) return null
  const plain = dropHiddenCharacters(raw).replace(blanks, ' ').replace(dashes, '-').trim()
  const unsigned = plain.replace(textFormula, '$1').replace(signsAround, '')
  const bare = unsigned.replace(brackets, '$1').replace(wordsBefore, '')
  const clock = time.exec(bare)
  const timeless = clock ? bare.slice(0, clock.index) : bare
  const text = timeless
    .replace(yearWord, '')
    .replace(ideographsBetween, '.')
    .replace(ideographBehind, '')
    .trim()
  const dropped = bare !== plain || (clock?.[6] ?? '') !== ''
  return { ...takeWeekday(text), time: clock ? judgeTime(clock) : 'midnight', dropped }
}

/** A word that may be the month as well stays in the text. */
function takeWeekday(text: string): Pick<PeeledDate, 'text' | 'date' | 'weekdays'> {
  const front = wordInFront.exec(text)
  const inFront = front && weekdaysOf(front[1]!)
  if (inFront) {
    const date = text.slice(front[0].length)
    return { text: `${front[1]} ${date}`, date, weekdays: inFront }
  }
  const behind = wordBehind.exec(text)
  const weekdays = behind && weekdaysOf(behind[1]!)
  if (!weekdays) return { text, date: text, weekdays: null }
  const date = text.slice(0, behind.index)
  return { text: `${date} ${behind[1]}`, date, weekdays }
}

/** The date in digits that a text holds, whatever stands around it; `noDate` for any other text. */
export function findNumericDate(raw: string): number {
  const date = scanNumericDate(raw)
  if (date !== noDate || !mayHideDate(raw)) return date
  const peeled = peelDateText(raw)
  return peeled ? scanNumericDate(peeled.date) : noDate
}

/**
 * Whether the text begins as a date in digits may, has digits enough, and holds a sign that `scanNumericDate`
 * does not expect. The first letter tells names, which most columns hold.
 */
function mayHideDate(text: string): boolean {
  if (text.length > dateTextLengthMax || isLetter(text.charCodeAt(0))) return false
  let digits = 0
  let others = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 0x30 && code <= 0x39) digits++
    else if (code < 0x2c || code > 0x2f) others = true
  }
  return others && digits >= digitsMin
}

/** Letters of ASCII, and of any other script but for the blanks and signs below U+00C0. */
function isLetter(code: number): boolean {
  const lower = code | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || (code >= 0xc0 && code < 0x2000)
}

function judgeTime([, hour, minute, seconds, fraction, half]: RegExpExecArray): PeeledDate['time'] {
  const hours = Number(hour)
  const sixty = Number(minute) < 60 && Number(seconds ?? 0) < 60
  if (!sixty || hours > 23 || (half !== undefined && (hours < 1 || hours > 12))) return 'invalid'
  const isFullHour = Number(minute) + Number(seconds ?? 0) + Number(fraction ?? 0) === 0
  const zero = half === undefined ? hours === 0 : hours === 12 && half.toLowerCase() === 'a'
  return isFullHour && zero ? 'midnight' : 'clock'
}
