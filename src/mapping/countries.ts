/**
 * Which country a text names: an ISO 3166-1 code of two or three letters, or a name in any language of lists.
 * A text that names two countries names none. It knows names alone; what is done about them is decided elsewhere.
 */
import countries from 'i18n-iso-countries/index.js'
import german from 'i18n-iso-countries/langs/de.json' with { type: 'json' }
import english from 'i18n-iso-countries/langs/en.json' with { type: 'json' }
import polish from 'i18n-iso-countries/langs/pl.json' with { type: 'json' }
import { foldText } from './fold-text.ts'
import { listLanguages } from './region-languages.ts'

/** Longer texts are addresses or remarks. */
const countryTextLengthMax = 60

/** Texts of one sheet that are kept with their answer: a list has few countries, and a hostile one no end of them. */
const keptTextsMax = 1_000

/** Everyday names, letters on cars, and parts of a country that have its telephone numbers. */
const everydayNames: Readonly<Record<string, string>> = {
  a: 'AT',
  anglia: 'GB',
  belgie: 'BE',
  belgique: 'BE',
  britain: 'GB',
  'bundesrepublik deutschland': 'DE',
  'ceska republika': 'CZ',
  d: 'DE',
  england: 'GB',
  f: 'FR',
  'federacja rosyjska': 'RU',
  holland: 'NL',
  i: 'IT',
  'irlandia polnocna': 'GB',
  'northern ireland': 'GB',
  oesterreich: 'AT',
  'republic of ireland': 'IE',
  'republika czeska': 'CZ',
  'republika slowacka': 'SK',
  rfn: 'DE',
  rosja: 'RU',
  rp: 'PL',
  russia: 'RU',
  'rzeczpospolita polska': 'PL',
  schottland: 'GB',
  scotland: 'GB',
  'slovak republic': 'SK',
  'stany zjednoczone ameryki': 'US',
  szkocja: 'GB',
  'u k': 'GB',
  uk: 'GB',
  wales: 'GB',
  walia: 'GB',
  'wlk brytania': 'GB',
}

/** Codes that people write beside a number to say where it is from. */
const codesBesideValues: ReadonlySet<string> = new Set(
  'AT BE BG BY CH CZ DE DK EE ES FI FR GB GR HU IE IT LT LV MD NL PL PT RO RS RU SE SI SK UA UK US'.split(
    ' ',
  ),
)

const ambiguous = ''

type Names = ReadonlyMap<string, string>

let mostNames: Names | undefined
let allNames: Names | undefined
const kept = new Map<string, string | null>()

/** The ISO 3166-1 alpha-2 code of the country that a text names; null for any other text. */
export function countryOf(text: string): string | null {
  if (text.length > countryTextLengthMax) return null
  const known = kept.get(text)
  if (known !== undefined) return known
  const country = findCountry(text)
  if (kept.size < keptTextsMax) kept.set(text, country)
  return country
}

/**
 * The country that a word beside a value names: a code in capital letters, or a name in the languages of most
 * lists. Most words there have another sense, and many short ones are codes of some country.
 */
export function countryOfWord(word: string): string | null {
  if (word.length > countryTextLengthMax) return null
  if (word.length === 2) return codesBesideValues.has(word) ? countryOf(word) : null
  return word.length > 3 ? namesOfMostLists().get(foldText(word)) || null : null
}

function findCountry(text: string): string | null {
  const name = foldText(text)
  const country = countryOfCode(name.toUpperCase()) ?? namesOfMostLists().get(name)
  if (country !== undefined && country !== null) return country || null
  allNames ??= collectAllNames()
  return allNames.get(name) || null
}

function countryOfCode(code: string): string | null {
  if (code.length === 2 && countries.isValid(code)) return code
  return (code.length === 3 && countries.alpha3ToAlpha2(code)) || null
}

function namesOfMostLists(): Names {
  mostNames ??= collectMostNames()
  return mostNames
}

/** Names in the languages of most lists, with their other spellings. */
function collectMostNames(): Names {
  const names = new Map(Object.entries(everydayNames))
  for (const { countries: list } of [polish, english, german]) {
    for (const [country, spellings] of Object.entries(list)) {
      for (const name of [spellings].flat()) add(names, name, country)
    }
  }
  return names
}

/** Names in all languages, by the Unicode locale data. They are asked for once a text is none of the others. */
function collectAllNames(): Names {
  const names = new Map<string, string>()
  for (const language of listLanguages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' })
    for (const country of Object.keys(countries.getAlpha2Codes())) {
      add(names, display.of(country) ?? '', country)
    }
  }
  return names
}

function add(names: Map<string, string>, spelling: string, country: string): void {
  const name = foldText(spelling)
  if (name === '') return
  const known = names.get(name)
  names.set(name, known === undefined || known === country ? country : ambiguous)
}
