/** Looks up whether a word is a given name, a surname or a town, and in which languages. */
import { foldText } from '../fold-text.ts'
import { cities } from './cities.ts'
import { givenNames } from './given-names.ts'
import { surnameEndings, surnames } from './surnames.ts'

/** Longer texts are no name. */
const nameCharactersMax = 60
/** A shorter word with an ending of surnames may be anything. */
const endedSurnameMin = 5

type Languages = readonly string[]
type Lists = ReadonlyMap<string, Languages>

const none: Languages = []
let prepared: { given: Lists; family: Lists; towns: Lists } | undefined

/** Languages in whose list of given names a word stands; double names count by their first part. */
export function givenNameLanguages(text: string): Languages {
  const name = foldName(text)
  const { given } = lists()
  return given.get(name) ?? given.get(name.split(' ')[0]!) ?? none
}

/** Languages in whose list of surnames a word stands, or whose surnames have its ending. */
export function surnameLanguages(text: string): Languages {
  const name = foldName(text)
  const last = name.split(' ').at(-1)!
  const listed = lists().family.get(name) ?? lists().family.get(last)
  if (listed !== undefined) return listed
  if (last.length < endedSurnameMin) return none
  return surnameEndings.filter(([, ending]) => ending.test(last)).map(([language]) => language)
}

/** Languages of the countries that have a town of this name. */
export function cityLanguages(text: string): Languages {
  return lists().towns.get(foldName(text)) ?? none
}

function foldName(text: string): string {
  return text.length > nameCharactersMax ? '' : foldText(text)
}

function lists() {
  prepared ??= {
    given: collect(givenNames, /\s+/),
    family: collect(surnames, /\s+/),
    towns: collect(cities, '|'),
  }
  return prepared
}

function collect(namesByLanguage: Readonly<Record<string, string>>, separator: RegExp | string) {
  const found = new Map<string, string[]>()
  for (const [language, names] of Object.entries(namesByLanguage)) {
    for (const name of new Set(names.split(separator).map(foldText))) {
      if (name === '') continue
      const languages = found.get(name)
      if (languages) languages.push(language)
      else found.set(name, [language])
    }
  }
  return found
}
