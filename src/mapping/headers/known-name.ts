/** What the dictionaries say of a text that may be a column name, whatever field it is of. */
import { foldText } from '../fold-text.ts'
import { type Dictionary, preparedDictionaries } from './dictionary.ts'
import { matchWords } from './match-name.ts'

const nameWordsMax = 6
/** Longer texts are sentences. */
const headerWordsMax = 12

/** Whether a text is a column name in one of the languages, of a field or of something else. */
export function isKnownName(text: string): boolean {
  const name = foldText(text)
  const words = name.split(' ')
  if (name === '' || words.length > headerWordsMax) return false
  return preparedDictionaries().some(
    dictionary =>
      dictionary.fieldsByName.has(name) ||
      matchWords(words, dictionary) !== undefined ||
      isForeignIn(dictionary, name),
  )
}

/** Whether a word of the name makes the column somebody else's or something else. `name` is folded. */
export function isForeignName(name: string): boolean {
  return preparedDictionaries().some(dictionary => isForeignIn(dictionary, name))
}

/** The same in one language. */
export function isForeignIn({ meanings }: Dictionary, name: string): boolean {
  const words = name.split(' ')
  return words.some((_, at) => {
    for (let length = 1; length <= Math.min(nameWordsMax, words.length - at); length++) {
      const meaning = meanings.get(words.slice(at, at + length).join(' '))
      if (meaning?.kind === 'foreign') return true
    }
    return false
  })
}
