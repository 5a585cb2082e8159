/** Owns how operators start the service: the script `start` of package.json, for tests and benches that do the same. */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { builtFile } from './built-service.ts'

/** What follows `node` in the script, and the variables before it; the bundle is built. */
export interface StartCommand {
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
}

export function readStartCommand(): StartCommand {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
  const [, variables, args] = /^((?:\w+=\S+ )*)node (.*)$/.exec(JSON.parse(manifest).scripts.start)!
  return {
    args: args!.split(' ').map(arg => (arg.startsWith('dist/') ? builtFile(basename(arg)) : arg)),
    env: Object.fromEntries([...variables!.matchAll(/(\w+)=(\S+)/g)].map(found => found.slice(1))),
  }
}
