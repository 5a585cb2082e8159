/** What a normaliser answers: the canonical value, null for "no value", or a fault with its issue code. */
import type { RowIssueCode } from '../../contracts/row-issues.ts'

export interface Fault {
  readonly code: RowIssueCode
}

export type Normalised = string | null | Fault

/** A fault to be made once and returned often: a million bad rows allocate nothing here. */
export function defineFault(code: RowIssueCode): Fault {
  return Object.freeze({ code })
}
