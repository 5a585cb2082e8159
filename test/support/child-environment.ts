/** Owns the environment of processes that tests start: bare, but for what earlier ones have compiled. */
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Loading modules from their sources takes longer than most of what a test does with them. */
const compileCache = join(tmpdir(), 'contact-import-test-compile-cache')

/** What every process gets that runs code of this repository. */
export const childEnvironment = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache }
