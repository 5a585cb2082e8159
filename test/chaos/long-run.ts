/** Owns the frame of the runs that take minutes: what they start ends with them, however they end. */
import type { Owner } from '../support/own-servers.ts'

/** Makes the run and then ends what it left with its owner, newest first. The process exits with 0 where it says true. */
export async function conductRun(run: (owner: Owner) => Promise<boolean>): Promise<void> {
  // A run that is broken off ends by signal: only a regular exit takes its servers along.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1))
  }
  const ends: (() => unknown)[] = []
  try {
    const made = await run({ teardown: end => void ends.push(end), passing: () => true } as Owner)
    process.exitCode = made ? 0 : 1
  } finally {
    for (const end of ends.reverse()) await end()
  }
}
