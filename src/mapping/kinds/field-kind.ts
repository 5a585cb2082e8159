/**
 * The shape of a kind of field. Everything that a kind means stands in its one file of this folder; a new
 * kind is a new file and a line in `index.ts`.
 */
import type { ContactField } from '../../contracts/contact-fields.ts'
import type { SheetCell } from '../cell.ts'
import type { NamedField } from '../headers/header-words.ts'
import type { CellOutcome } from '../normalise/outcome.ts'
import type { ReadingSetting } from '../reading-setting.ts'

/**
 * Reads one cell; error cells never reach it. `rowRegion` is the ISO 3166-1 region of the cell's row: the
 * country that the row names, else the mapping's region.
 */
export type FieldNormaliser = (cell: SheetCell, rowRegion: string) => CellOutcome

export interface FieldKind {
  /** As the API tells it, and as fields name their kind. */
  readonly name: string
  readonly sqlType: ContactField['sqlType']
  /** Code points of a value, where the field sets no cap of its own. */
  readonly lengthMax: number
  /**
   * Which words mean no value: `any` where the values of the field have a form, so that no word is one;
   * `unread` where some words are values, and the others may mean none; `spellings` where every text may be a
   * value, and only what cannot be a name means none.
   */
  readonly emptyWords: 'any' | 'unread' | 'spellings'
  /** Whether a value is a way to reach the person. */
  readonly reaches: boolean
  /** Whether the fields of this kind are one family: a cell's further values go to the next free one. */
  readonly isFamily: boolean
  /** Keys of the fields that parts of a value fill where no column of the sheet fills any of them. */
  readonly fills?: readonly string[]
  /** The name under which the dictionaries of column names know the kind's fields; null: each field by its key. */
  readonly headerName: NamedField | null
  /** Prepares the normaliser of one field. Throws RangeError for a region that is not known. */
  prepare(
    field: Pick<ContactField, 'lengthMax' | 'choices'>,
    setting: ReadingSetting,
  ): FieldNormaliser
}
