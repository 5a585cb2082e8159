/** Outcomes in short, for tables: `Nowak`, `repaired 00-950 zeros-restored`, `refused digits-lost`, `none`. */
import type { CellOutcome } from '../../../src/mapping/normalise/outcome.ts'

export function inShort(outcome: CellOutcome): string {
  if (outcome === null) return 'none'
  if (typeof outcome === 'string') return outcome
  if (outcome.outcome === 'refused') return `refused ${outcome.code}`
  const value = outcome.outcome === 'several' ? outcome.values.join(', ') : outcome.value
  return `${outcome.outcome} ${value} ${outcome.code}`
}
