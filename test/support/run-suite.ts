/**
 * Runs test files, each in a process of its own, several at a time: `node test/support/run-suite.ts [FILES]`, by
 * default all of them. Does what the command `tap` does, without its hooks into Node's module loader: those read
 * coverage and replace modules, which no test here wants, and make loading the service half as slow again.
 */
import { globSync } from 'node:fs'
import { join } from 'node:path'
import suite from 'tap'
import { builtFile } from './built-service.ts'
import { stopServers } from './stop-servers.ts'

/** More files than cores: many wait for a lease to run out, or for a process to start. */
suite.jobs = 3
/** The whole may take any time; each file has a limit. */
suite.setTimeout(0)
/** Longer than any file takes, so that a file that hangs is named. */
const fileMsMax = 600_000

const compiled = join(import.meta.dirname, '../../node_modules/.compile-cache-of-tests')
const env = { ...process.env, NODE_COMPILE_CACHE: compiled, TAP_TIMEOUT: String(fileMsMax / 1000) }

// Before the first file: several would build at once.
builtFile('main.js')

const files = process.argv.length > 2 ? process.argv.slice(2) : globSync('test/**/*.test.ts').sort()
for (const file of files) {
  // Node's options are taken back: `spawn` sets some that load the hooks.
  const command = ['-u', 'NODE_OPTIONS', process.execPath, '--enable-source-maps', file]
  suite.spawn('env', command, { buffered: true, env, timeout: fileMsMax }, file)
}
suite.teardown(stopServers)
