/** Owns the environment of processes that tests start: bare, but for what earlier ones have compiled. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Loading the service takes longer than most of what a test does with it: what was compiled is kept between starts. */
const compileCache = join(tmpdir(), 'contact-import-test-compile-cache')

/** What every process gets that runs code of this repository. */
export const childEnvironment = { PATH: process.env.PATH, NODE_COMPILE_CACHE: compileCache }

/** A process that is killed never writes its cache: one that only loads the service does. */
export function fillCompileCache(): void {
  if (existsSync(compileCache)) return
  const modules = ['wire.ts', 'imports/run/run-import.ts', 'imports/upload/inspect-file.ts']
  const src = fileURLToPath(new URL('../../src', import.meta.url))
  const imports = modules.map(name => `import ${JSON.stringify(join(src, name))}`)
  spawnSync(process.execPath, ['--input-type=module', '-e', imports.join('\n')], {
    env: childEnvironment,
  })
}
