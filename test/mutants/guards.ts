/**
 * Owns the list of guards that `npm run mutants` takes out one at a time: each with the edit that removes it and the
 * tests of which one must fail then. It runs nothing.
 */
import { correctionGuards } from './correction-guards.ts'
import { engineGuards } from './engine-guards.ts'
import { eventGuards } from './event-guards.ts'
import { fieldGuards } from './field-guards.ts'
import { httpGuards } from './http-guards.ts'
import { leaseGuards } from './lease-guards.ts'
import { readerGuards } from './reader-guards.ts'
import { tenancyGuards } from './tenancy-guards.ts'

export interface Guard {
  /** Short and unique: the run prints and records it. */
  readonly name: string
  /** Path from the top of the repository. */
  readonly file: string
  /** The text that holds the guard; it stands exactly once in the file. */
  readonly find: string
  /** What stands in its place while the guard is out. */
  readonly replace: string
  /** Test files, the likeliest to fail first; the run ends at the first failure. */
  readonly tests: readonly [string, ...string[]]
}

export const guards: readonly Guard[] = [
  ...engineGuards,
  ...leaseGuards,
  ...correctionGuards,
  ...eventGuards,
  ...fieldGuards,
  ...httpGuards,
  ...readerGuards,
  ...tenancyGuards,
]
