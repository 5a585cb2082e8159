/** Owns the bundle that processes of the service are started from: built again when a source is newer. */
import { execFileSync } from 'node:child_process'
import { globSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))
let isBuilt = false

/** Where a file of the bundle stands, such as `main.js`. */
export function builtFile(name: string): string {
  if (!isBuilt && isStale()) execFileSync(process.execPath, ['build.ts'], { cwd: root })
  isBuilt = true
  return join(root, 'dist', name)
}

function isStale(): boolean {
  const built = changedAt('dist/main.js')
  const sources = ['build.ts', 'package-lock.json', 'src/**/*.ts', 'migrations/*.ts']
  return globSync(sources, { cwd: root }).some(path => changedAt(path) > built)
}

/** In milliseconds; 0 for a file that is not there. */
function changedAt(path: string): number {
  return statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0
}
