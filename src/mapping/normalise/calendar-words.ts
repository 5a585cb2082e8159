/**
 * Names of months and of days of the week, from the Unicode locale data of the running program: in full and
 * short, as they stand alone and within a date (`grudzień`, `grudnia`, `gru`). It reads single words.
 */
import { foldText } from '../fold-text.ts'
import { languagesOf, listLanguages } from '../region-languages.ts'

/** Names, folded, with the numbers that they stand for; a few stand for two in two languages. */
type Names = ReadonlyMap<string, ReadonlySet<number>>

/** Shorter beginnings of a name are no abbreviation of it. */
const abbreviationLengthMin = 3

const romanMonths: Names = new Map(
  'i ii iii iv v vi vii viii ix x xi xii'
    .split(' ')
    .map((numeral, index) => [numeral, new Set([index + 1])]),
)

const monthOptions: readonly Intl.DateTimeFormatOptions[] = (['long', 'short'] as const).flatMap(
  month => [{ month }, { month, day: 'numeric' }, { month, day: 'numeric', year: 'numeric' }],
)
const weekdayOptions: readonly Intl.DateTimeFormatOptions[] = [
  { weekday: 'long' },
  { weekday: 'short' },
]

const monthsOfLanguages = new Map<string, Names>()
const weekdaysOfLanguages = new Map<string, Names>()

/** Short names that lists have beside those of the locale data, from Sunday on, and of any language. */
const shortWeekdays: Names = collectShort([
  'nd ndz so su do di dom',
  'pn po pnd mo lu mon',
  'wt tu tue tues ma di',
  'sr we wed weds me mi ut',
  'cz th thu thur thurs gi je ju st',
  'pt fr ve vi',
  'so sob sa ven',
])

/** A column of dates has few names of months; each is looked up once for a region. */
const monthsFound = new Map<string, number | null>()
const monthsFoundMax = 5_000
const nameLengthMax = 30

const weekdaysFound = new Map<string, ReadonlySet<number> | null>()
const weekdaysFoundMax = 1_000

/**
 * The month, 1 to 12, that a word names in a list of the region; null for any other word. The languages of the
 * region and English go before all others. A word that names two months among equals names none: `srp` is
 * July in Croatia and August in Czechia, and nothing elsewhere.
 */
export function monthOf(word: string, region: string): number | null {
  if (word.length > nameLengthMax) return null
  const key = `${region} ${word}`
  let month = monthsFound.get(key)
  if (month === undefined) {
    month = findMonth(word, region)
    if (monthsFound.size < monthsFoundMax) monthsFound.set(key, month)
  }
  return month
}

function findMonth(word: string, region: string): number | null {
  const folded = foldName(word)
  const local = languagesOf(region).map(language => `${language}-${region}`)
  const near = collectNames(monthsOfLanguages, [...local, 'en'], readMonths)
  const all = collectNames(monthsOfLanguages, listLanguages, readMonths)
  const months =
    romanMonths.get(folded) ?? near.get(folded) ?? all.get(folded) ?? abbreviated(all, folded)
  return months?.size === 1 ? [...months][0]! : null
}

/**
 * The days of the week that a word may name in any language, in full or abbreviated, 0 is Sunday; null for any other
 * word.
 */
export function weekdaysOf(word: string): ReadonlySet<number> | null {
  if (word.length > nameLengthMax) return null
  let weekdays = weekdaysFound.get(word)
  if (weekdays === undefined) {
    weekdays = findWeekdays(foldName(word))
    if (weekdaysFound.size < weekdaysFoundMax) weekdaysFound.set(word, weekdays)
  }
  return weekdays
}

function findWeekdays(folded: string): ReadonlySet<number> | null {
  const names = collectNames(weekdaysOfLanguages, listLanguages, readWeekdays)
  const found = [names.get(folded), shortWeekdays.get(folded)].filter(days => days !== undefined)
  if (found.length === 0) return abbreviated(names, folded) ?? null
  return found.length === 1 ? found[0]! : new Set(found.flatMap(days => [...days]))
}

function collectShort(lines: readonly string[]): Names {
  const names = new Map<string, Set<number>>()
  for (const [day, line] of lines.entries()) {
    for (const name of line.split(' ')) names.set(name, (names.get(name) ?? new Set()).add(day))
  }
  return names
}

/** Apostrophes stand within names in several forms, or are left out: `п’ятниця`. */
function foldName(word: string): string {
  return foldText(word.replace(/['’ʼ]/g, ''))
}

function abbreviated(names: Names, beginning: string): ReadonlySet<number> | undefined {
  if (beginning.length < abbreviationLengthMin) return undefined
  const meant = [...names].filter(([name]) => name.startsWith(beginning))
  return meant.length === 0 ? undefined : new Set(meant.flatMap(([, numbers]) => [...numbers]))
}

/** The names in all of these languages. The first word makes them, and later words find them kept. */
function collectNames(
  kept: Map<string, Names>,
  languages: readonly string[],
  read: (language: string) => Iterable<readonly [name: string, number: number]>,
): Names {
  const key = languages.join(' ')
  let names = kept.get(key)
  if (!names) {
    const found = new Map<string, Set<number>>()
    for (const [name, number] of languages.flatMap(language => [...read(language)])) {
      found.set(name, (found.get(name) ?? new Set()).add(number))
    }
    names = found
    kept.set(key, names)
  }
  return names
}

function* readMonths(language: string): Iterable<readonly [string, number]> {
  for (const format of formatsOf(language, monthOptions)) {
    for (let month = 1; month <= 12; month++) {
      const name = namePart(format, 'month', Date.UTC(2001, month - 1, 1))
      if (name !== null) yield [name, month]
    }
  }
}

function* readWeekdays(language: string): Iterable<readonly [string, number]> {
  for (const format of formatsOf(language, weekdayOptions)) {
    for (let weekday = 0; weekday < 7; weekday++) {
      // The seventh of January 2001 was a Sunday.
      const name = namePart(format, 'weekday', Date.UTC(2001, 0, 7 + weekday))
      if (name !== null) yield [name, weekday]
    }
  }
}

function formatsOf(
  language: string,
  options: readonly Intl.DateTimeFormatOptions[],
): Intl.DateTimeFormat[] {
  return options.map(
    option =>
      new Intl.DateTimeFormat(language, { ...option, calendar: 'gregory', timeZone: 'UTC' }),
  )
}

function namePart(
  format: Intl.DateTimeFormat,
  type: 'month' | 'weekday',
  time: number,
): string | null {
  const part = format.formatToParts(time).find(each => each.type === type)
  const name = foldName(part?.value ?? '')
  return /^\p{L}/u.test(name) ? name : null
}
