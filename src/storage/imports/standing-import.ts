/** The one place that says in SQL whose rows may be repaired or discarded. */
import { moves } from '../../contracts/import-states.ts'

/** SQL condition: the row of `imports` stands still and has rows of its own; those of a correction are another's. */
export const standsStill = `kind = 'import' and status in (${moves.correct
  .map(status => `'${status}'`)
  .join(', ')})`
