/** Runs before all test files: without a broker to test against there is nothing to begin. */
import { ensureNatsServer } from './provision.ts'

try {
  ensureNatsServer()
} catch (fault) {
  console.error((fault as Error).message)
  process.exit(1)
}
