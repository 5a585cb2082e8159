/**
 * Owns the choice of the PostgreSQL that tests run on: the embedded one, or with TEST_POSTGRES=debian that of Debian,
 * where all that answers and their time depend on is as its defaults have it. Processes that a test starts inherit the choice.
 */

import {
  type EmbeddedPostgres,
  type PostgresOptions,
  startPostgres,
} from '../../src/embedded/postgres.ts'
import type { PostgresBinaries } from '../../src/embedded/postgres-binaries.ts'
import { ensureDebianPostgres } from './provision.ts'

/** Undefined for the embedded one. */
export function chosenPrograms(): PostgresBinaries | undefined {
  const choice = process.env.TEST_POSTGRES ?? 'embedded'
  if (choice === 'embedded') return undefined
  if (choice !== 'debian') throw new Error(`TEST_POSTGRES is "${choice}": use embedded or debian`)
  const found = ensureDebianPostgres()
  if (found) return found
  throw new Error('TEST_POSTGRES=debian needs the PostgreSQL of Debian: apt-get install postgresql')
}

/** Starts it. A server that is to have its own defaults goes without `tuning`. */
export function startTestPostgres({
  tuning,
  ...options
}: PostgresOptions & { tuning?: PostgresOptions['settings'] }): Promise<EmbeddedPostgres> {
  const programs = chosenPrograms()
  if (programs) return startPostgres({ ...options, programs })
  return startPostgres({ ...options, settings: { ...tuning, ...options.settings } })
}
