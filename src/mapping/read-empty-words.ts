/** Puts the words that mean no value between a field's normaliser and its column. */
import { emptyValueCharactersMax } from '../limits.ts'
import { cellText, type SheetCell } from './cell.ts'
import type { FieldKind, FieldNormaliser } from './kinds/field-kind.ts'
import { isEmptyWord, judgeEmptyText } from './normalise/empty-words.ts'
import { type CellOutcome, emptyWord, noted } from './normalise/outcome.ts'

/**
 * The normaliser with its kind's words for empty, and with the mapping's own (`emptyValues`), which go before
 * every other reading.
 */
export function readEmptyWords(
  normalise: FieldNormaliser,
  kind: Pick<FieldKind, 'emptyWords'>,
  emptyValues: readonly string[],
): FieldNormaliser {
  const ofKind = readers[kind.emptyWords](normalise)
  return emptyValues.length === 0 ? ofKind : readOwnWords(ofKind, emptyValues)
}

const readers: Readonly<
  Record<FieldKind['emptyWords'], (normalise: FieldNormaliser) => FieldNormaliser>
> = { any: readAnyWord, unread: readUnreadWord, spellings: readSpelling }

/** Numbers, dates and addresses hold one of these; a text without them may be a word. */
const signOfValue = /[1-9@]/

/** No word is a value of the field, even where its normaliser takes a text as it is written. */
function readAnyWord(normalise: FieldNormaliser): FieldNormaliser {
  return (cell, rowRegion) => {
    const outcome = normalise(cell, rowRegion)
    if (outcome === null || (typeof outcome === 'string' && signOfValue.test(outcome))) {
      return outcome
    }
    const isJudged = typeof outcome === 'string' || !isChanged(outcome)
    return isJudged && isEmptyWord(cellText(cell)) ? emptyWord : outcome
  }
}

/** Some words are values of the field, `unknown` among them; another word may stand for none. */
function readUnreadWord(normalise: FieldNormaliser): FieldNormaliser {
  return (cell, rowRegion) => {
    const outcome = normalise(cell, rowRegion)
    const isRefused = typeof outcome === 'object' && outcome?.outcome === 'refused'
    return isRefused && isEmptyWord(cellText(cell)) ? emptyWord : outcome
  }
}

/** Every text is a value of the field, but for spellings that mean none. */
function readSpelling(normalise: FieldNormaliser): FieldNormaliser {
  return (cell, rowRegion) => {
    const outcome = normalise(cell, rowRegion)
    if (typeof outcome !== 'string' || cell.type !== 'string') return outcome
    const empty = judgeEmptyText(outcome)
    if (empty === null) return outcome
    return empty === 'empty' ? emptyWord : noted(outcome, 'empty-word-doubtful')
  }
}

function readOwnWords(normalise: FieldNormaliser, emptyValues: readonly string[]): FieldNormaliser {
  const own = new Set(emptyValues.map(foldCase))
  return (cell, rowRegion) =>
    own.has(foldCase(ownText(cell))) ? emptyWord : normalise(cell, rowRegion)
}

/** Beyond the longest word that a mapping may declare a text is compared no further. */
function ownText(cell: SheetCell): string {
  return cellText(cell).slice(0, 2 * emptyValueCharactersMax)
}

function foldCase(text: string): string {
  return text.trim().toLowerCase()
}

function isChanged({ outcome }: Exclude<CellOutcome, string | null>): boolean {
  return outcome === 'repaired' || outcome === 'several'
}
