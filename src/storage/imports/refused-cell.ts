/** A refused cell as `row_issues` keeps it. */
import type { RowIssueCode } from '../../contracts/row-issues.ts'

export interface RefusedCell {
  readonly row: number
  readonly column: number
  /** key of the field */
  readonly field: string
  readonly code: RowIssueCode
  readonly outcome: 'blanked' | 'rejected'
  /** text of the cell, shortened */
  readonly value: string
}
