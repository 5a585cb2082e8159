/** What reading a cell depends on beside the cell: the mapping's choices, and the import's own day. */
import type { Mapping } from '../contracts/mapping.ts'

/** The choices of a complete mapping that decide how cells are read, and the day of the import. */
export interface ReadingSetting
  extends Pick<Mapping, 'region' | 'trunkZero' | 'dateOrder' | 'emptyValues'> {
  /** The import's own day, `YYYY-MM-DD`: no birth date lies after it. The same in every continuation. */
  readonly today: string
}
