/**
 * Dates with a month in words or Roman numerals: `31 grudnia 1990`, `December 31st, 1990`, `31.XII.1990`. With
 * the month named, the other two parts can stand in any order: the year has four digits.
 */
import { monthOf, weekdaysOf } from './calendar-words.ts'

export interface WordDate {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Days of the week that the text may name; null where it names none. */
  readonly weekdays: ReadonlySet<number> | null
}

/** Digits, or a word with hyphens and apostrophes inside: `terça-feira`, `п'ятниця`. */
const token = /\d+|\p{L}[\p{L}\p{M}]*(?:['’ʼ-]\p{L}[\p{L}\p{M}]*)*/gu
/** Signs between the tokens; any other sign says something that a date does not. */
const between = /^[\s.,/'’°-]*$/

/** Words of a date that are neither its month nor a day of the week: articles, `year`, endings of ordinals. */
const fillers: ReadonlySet<string> = new Set(
  `de del d of the den der dem le el il la roku rok r g p god goda года год г року рік р ano m gada as
  st nd rd th er º ª ta to an en án én jén ján jen go го dnia dne dan anul y`.split(/\s+/),
)

/** The date that the text names, null for any other text. It may still be no day of the calendar. */
export function readWordDate(text: string, region: string): WordDate | null {
  const tokens = text.match(token) ?? []
  if (tokens.length > 8 || !between.test(text.replace(token, ''))) return null
  const numbers = tokens.filter(isNumber)
  const year = numbers.find(number => number.length === 4)
  const day = numbers.find(number => number.length <= 2)
  if (numbers.length !== 2 || year === undefined || day === undefined) return null
  const words = tokens.filter(word => !isNumber(word) && !fillers.has(word.toLowerCase()))
  const named = nameWords(words, region)
  return named && { year: Number(year), day: Number(day), ...named }
}

function isNumber(text: string): boolean {
  return /^\d/.test(text)
}

/** One word is the month; one before it may be the day of the week, as `mar` in `mar 6 mar 1990`. */
function nameWords(
  words: readonly string[],
  region: string,
): Pick<WordDate, 'month' | 'weekdays'> | null {
  const [first, second] = words
  if (first === undefined || words.length > 2) return null
  if (second === undefined) {
    const month = monthOf(first, region)
    return month === null ? null : { month, weekdays: null }
  }
  const monthBehind = monthOf(second, region)
  const weekdays = weekdaysOf(monthBehind === null ? second : first)
  const month = monthBehind ?? monthOf(first, region)
  return weekdays === null || month === null ? null : { month, weekdays }
}
