/** The import table of ARCHITECTURE.md is what the linter enforces: every import it forbids fails, every other passes. */
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import t, { type Test } from 'tap'
import { makeScratchFolder } from './support/scratch-folder.ts'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Modules beside the folders of src that somebody may be forbidden to import. */
const rootModules = ['main', 'wire', 'config', 'errors', 'limits']

/** Where the name of a folder alone would not do: the doors of those that have one. */
const doors: Readonly<Record<string, string>> = {
  xlsx: 'index',
  'sheet-writer': 'index',
  storage: 'outbox/outbox',
}

/** A module of each package, or kind of package, that the table names. */
const packages: Readonly<Record<string, string>> = {
  fastify: 'fastify',
  '@fastify/*': '@fastify/multipart',
  '@nats-io/*': '@nats-io/jetstream',
  pg: 'pg',
  '@mikro-orm/*': '@mikro-orm/postgresql',
  'node:*': 'node:fs/promises',
}

interface Rule {
  readonly folder: string
  readonly mayImport: ReadonlySet<string>
  readonly never: ReadonlySet<string>
}

interface Planted {
  readonly folder: string
  readonly specifier: string
  readonly allowed: boolean
}

const allFolders = readdirSync(join(root, 'src'), { withFileTypes: true })
  .filter(entry => entry.isDirectory())
  .map(entry => entry.name)
/** Folders that hold the files of a module of the same name, which is their only door. */
const foldersBehindModules = allFolders.filter(name => rootModules.includes(name))
const folders = allFolders.filter(name => !foldersBehindModules.includes(name))
const rules = readTable()

t.test('the table has a row for every folder', async t => {
  const named = rules.map(({ folder }) => folder)
  t.same([...named, 'bin'].sort(), folders.sort())
})

t.test('the linter forbids what the table does not allow, and nothing else', async t => {
  const planted = rules.flatMap(rule => [
    ...targetsOf(rule).map(({ name, path }) => ({
      folder: rule.folder,
      specifier: `../${path}.ts`,
      allowed: rule.mayImport.has(name),
    })),
    ...Object.entries(packages).map(([name, specifier]) => ({
      folder: rule.folder,
      specifier,
      allowed: !rule.never.has(name),
    })),
  ])
  const particular = [
    { folder: 'storage', specifier: '../imports/run/import-work.ts', allowed: false },
    { folder: 'contacts', specifier: '../storage/jobs/step-jobs.ts', allowed: true },
    { folder: 'jobs', specifier: '../storage/imports/queue.ts', allowed: true },
    { folder: 'contacts', specifier: '../storage/imports/deleting-imports.ts', allowed: true },
    { folder: 'imports', specifier: '../xlsx/zip/inflate.ts', allowed: false },
    { folder: 'imports', specifier: '../sheet-writer/styles.ts', allowed: false },
    { folder: 'sheet-writer', specifier: 'yazl', allowed: true },
    { folder: 'events', specifier: '../storage/imports/batch-writer.ts', allowed: false },
    { folder: 'events', specifier: '../storage/imports/import-entity.ts', allowed: false },
    { folder: 'xlsx', specifier: 'yauzl', allowed: true },
    { folder: 'xlsx', specifier: 'pino', allowed: false },
    { folder: 'bin', specifier: '../storage/imports/queue.ts', allowed: true },
    ...[...rules.map(({ folder }) => folder), 'bin'].flatMap(folder =>
      foldersBehindModules.map(name => ({
        folder,
        specifier: `../${name}/any.ts`,
        allowed: false,
      })),
    ),
  ]
  const all = [...planted, ...particular]
  t.ok(all.some(({ allowed }) => allowed) && all.some(({ allowed }) => !allowed))
  const forbidden = lint(t, all)
  for (const [index, { folder, specifier, allowed }] of all.entries()) {
    for (const depth of ['', '/deeper']) {
      const found = forbidden.has(`src/${folder}${depth}/planted-${index}.ts`)
      t.equal(found, !allowed, `${folder}${depth} → ${specifier}`)
    }
  }
})

t.test('only one file reads the environment of the process', async t => {
  const folder = makeLintFolder(t)
  const names = [...rules.map(rule => rule.folder), 'bin', 'config'].map(name => `${name}/planted`)
  const reader = 'config/process-environment'
  for (const name of [...names, 'main', reader]) {
    mkdirSync(dirname(join(folder, 'src', name)), { recursive: true })
    writeFileSync(join(folder, 'src', `${name}.ts`), 'export const port = process.env.PORT\n')
  }
  const found = complaints(folder, 'noProcessEnv')
  t.same([...found].sort(), [...names, 'main'].map(name => `src/${name}.ts`).sort())
})

function targetsOf({ folder }: Rule): { name: string; path: string }[] {
  return [
    ...folders
      .filter(name => name !== folder)
      .map(name => ({ name, path: `${name}/${doors[name] ?? 'any'}` })),
    ...rootModules.map(name => ({ name, path: name })),
  ]
}

/** A scratch folder with the rules of the linter, for files to be planted in its src. */
function makeLintFolder(t: Test): string {
  const folder = makeScratchFolder(t)
  for (const name of ['biome.json', '.gitignore'])
    copyFileSync(join(root, name), join(folder, name))
  return folder
}

/** Plants each import in files of their own and gives the files in which the linter complains of it. */
function lint(t: Test, planted: readonly Planted[]): Set<string> {
  const folder = makeLintFolder(t)
  for (const [index, { folder: from, specifier }] of planted.entries()) {
    mkdirSync(join(folder, 'src', from, 'deeper'), { recursive: true })
    const name = `planted-${index}.ts`
    writeFileSync(join(folder, 'src', from, name), `export * from '${specifier}'\n`)
    const deeper = specifier.replace(/^\.\.\//, '../../')
    writeFileSync(join(folder, 'src', from, 'deeper', name), `export * from '${deeper}'\n`)
  }
  return complaints(folder, 'noRestrictedImports')
}

/** The files below `folder/src` of which the linter complains by this rule. */
function complaints(folder: string, rule: string): Set<string> {
  const words = ['lint', '--reporter=json', '--max-diagnostics=none', 'src']
  const { stdout } = spawnSync(join(root, 'node_modules/.bin/biome'), words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: { category: string; location: { path: string | { file: string } } }[]
  }
  const found = diagnostics.filter(({ category }) => category.endsWith(rule))
  return new Set(
    found.map(({ location: { path } }) => (typeof path === 'string' ? path : path.file)),
  )
}

function readTable(): Rule[] {
  const text = readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8')
  const [, section] = /^## Who may import whom\n(.*?)^## /ms.exec(text) ?? []
  const rows = (section ?? '').split('\n').filter(line => line.startsWith('| `'))
  return rows.flatMap(row => {
    const [, names, ours, never] = row.split('|')
    const [folder, ...others] = codesOf(names!)
    if (others.length > 0) return []
    const codes = codesOf(ours!)
    const everything = [...folders, ...rootModules]
    const mayImport = ours!.trim().startsWith('all but')
      ? everything.filter(name => !codes.includes(name))
      : codes
    return [{ folder: folder!, mayImport: new Set(mayImport), never: new Set(codesOf(never!)) }]
  })
}

function codesOf(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code!)
}
