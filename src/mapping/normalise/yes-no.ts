/** Yes and no: words of the languages of Europe, truth cells, 1 and 0. The normaliser refuses anything else: nobody guesses a consent. */
import type { SheetCell } from '../cell.ts'
import { foldText } from '../fold-text.ts'
import { type CellOutcome, refusal } from './outcome.ts'

const invalid = refusal('yes-no-invalid')

/** Longer texts say more than yes or no. */
const wordLengthMax = 20

const yes =
  'tak|t|yes|y|true|prawda|1|ja|j|wahr|oui|vrai|si|sim|verdadero|vero|ano|так|да|taip|igen|da|jo|ok|wyrazona|udzielona'
const no =
  'nie|n|no|false|falsz|0|nein|falsch|non|faux|nao|falso|ne|ні|нет|nem|nu|nej|nee|niewyrazona|cofnieta|wycofana'

const words: ReadonlyMap<string, 'true' | 'false'> = new Map([
  ...yes.split('|').map(word => [word, 'true'] as const),
  ...no.split('|').map(word => [word, 'false'] as const),
])

export function normaliseYesNo(cell: SheetCell): CellOutcome {
  if (cell.type === 'boolean') return cell.value ? 'true' : 'false'
  if (cell.type === 'number')
    return words.get(cell.shown === undefined ? cell.text : foldText(cell.shown)) ?? invalid
  if (cell.type !== 'string') return invalid
  const text = cell.value.trim()
  if (text === '') return null
  return (text.length <= wordLengthMax && words.get(foldText(text))) || invalid
}
