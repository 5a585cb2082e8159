/**
 * What a normaliser answers for one cell, exactly one of: clean (the canonical value, or null for an empty cell),
 * repaired, noted, refused, parted, or several values, which the row makes repaired or refused. Clean answers are plain
 * strings, so that millions of them cost nothing.
 */
import type { FindingCode } from '../../contracts/findings.ts'
import type { RowIssueCode } from '../../contracts/row-issues.ts'

/** Something certain was dropped or added. */
export interface Repaired {
  readonly outcome: 'repaired'
  /** null: what stood there meant no value. */
  readonly value: string | null
  readonly code: FindingCode
}

/** Taken as it is, and doubtful. */
export interface Noted {
  readonly outcome: 'noted'
  readonly value: string
  readonly code: FindingCode
}

/** Holds several values, each of them clean: whether there is room for all of them the row decides. */
export interface Several {
  readonly outcome: 'several'
  /** Two or more, no two of them alike. */
  readonly values: readonly string[]
  readonly code: FindingCode & RowIssueCode
}

/** Taken whole, and its parts go to fields of their own where no column fills those. */
export interface Parted {
  readonly outcome: 'parted'
  readonly told: 'repaired' | 'noted'
  readonly value: string
  /** In the order of the kind's `fills`. */
  readonly parts: readonly string[]
  readonly code: FindingCode
}

/** Cannot be read for certain. */
export interface Refused {
  readonly outcome: 'refused'
  readonly code: RowIssueCode
}

export type CellOutcome = string | null | Repaired | Noted | Several | Parted | Refused

/** A refusal to be made once and returned often: a million bad cells allocate nothing here. */
export function refusal(code: RowIssueCode): Refused {
  return Object.freeze({ outcome: 'refused', code })
}

export function repaired(value: string | null, code: FindingCode): Repaired {
  return { outcome: 'repaired', value, code }
}

export function noted(value: string, code: FindingCode): Noted {
  return { outcome: 'noted', value, code }
}

export function several(values: readonly string[], code: Several['code']): Several {
  return { outcome: 'several', values, code }
}

export function parted(
  value: string,
  parts: readonly string[],
  told: Parted['told'],
  code: FindingCode,
): Parted {
  return { outcome: 'parted', told, value, parts, code }
}

/** A word that means no value; made once. */
export const emptyWord: Repaired = Object.freeze(repaired(null, 'empty-word'))
