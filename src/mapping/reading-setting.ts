/** What reading a cell depends on beside the cell: the mapping's choices, and the import's own day. */
import type { Mapping } from '../contracts/mapping.ts'
import type { DateOrderEvidence } from './date-order.ts'

/** What normalisers need beside a cell: the choices of a complete mapping, and the day of the import. */
export interface ReadingSetting
  extends Pick<Mapping, 'region' | 'trunkZero' | 'dateOrder' | 'emptyValues'> {
  /** The import's own day, `YYYY-MM-DD`: no birth date lies after it. The same in every continuation. */
  readonly today: string
  /** Of the dates of the whole column; without it nothing but the mapping and the region decides. */
  readonly evidence?: DateOrderEvidence | undefined
}
