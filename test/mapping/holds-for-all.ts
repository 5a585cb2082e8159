/** Properties as assertions: what breaks one is in the failure, with the seed that finds it again. */
import fc from 'fast-check'
import type { Test } from 'tap'

export function holdsForAll<Values>(
  t: Test,
  property: fc.IProperty<Values>,
  options?: fc.Parameters<Values>,
): void {
  t.doesNotThrow(() => fc.assert(property, options), 'holds for all')
}
