/** The one place that touches `process.env`: the linter forbids it everywhere else in the service. */
import type { Environment } from './environment.ts'

/** The variables that this process was started with. */
export function processEnvironment(): Environment {
  return process.env
}
