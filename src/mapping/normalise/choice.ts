/** A value out of a list: cells may hold the value or one of its names, in any case and without accents. */
import type { FieldChoice } from '../../contracts/contact-fields.ts'
import { choiceCharactersMax } from '../../limits.ts'
import { cellText, type SheetCell } from '../cell.ts'
import { foldText } from '../fold-text.ts'
import { type CellOutcome, refusal } from './outcome.ts'

const unknown = refusal('choice-unknown')

/** Blanks around a name, and marks that are characters of their own, make a text longer than its name. */
const textLengthMax = 4 * choiceCharactersMax

/** A text that is a value or a name as it is written goes before one that is the same when it is folded. */
export function prepareChoiceNormaliser(
  choices: readonly FieldChoice[],
): (cell: SheetCell) => CellOutcome {
  const written = new Map<string, string | null>()
  const folded = new Map<string, string | null>()
  for (const { value, labels } of choices) {
    for (const name of [labels.en, labels.pl]) addName(written, name, value)
    for (const name of [value, labels.en, labels.pl]) addName(folded, foldText(name), value)
  }
  // Values last: they go before names of other choices.
  for (const { value } of choices) written.set(value, value)
  return cell => {
    const text = cellText(cell).trim()
    if (text === '') return null
    if (text.length > textLengthMax) return unknown
    return written.get(text) ?? folded.get(foldText(text)) ?? unknown
  }
}

/** A name of two values is a name of none. */
function addName(names: Map<string, string | null>, name: string, value: string): void {
  const other = names.get(name)
  if (name !== '') names.set(name, other === undefined || other === value ? value : null)
}
