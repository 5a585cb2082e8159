/** The command `tap` runs this after all test files. */
import { stopServers } from './stop-servers.ts'

await stopServers()
