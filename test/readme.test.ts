/** The README holds what it says: its walk works as pasted, its tables are those of the code. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import t from 'tap'
import { loadConfig } from '../src/config.ts'
import { MappingRequest } from '../src/contracts/mapping.ts'
import * as limits from '../src/limits.ts'
import { defaultLimits } from '../src/xlsx/limits.ts'
import { builtFile } from './support/built-service.ts'
import { createTestDatabase } from './support/database.ts'
import { makeScratchFolder } from './support/scratch-folder.ts'
import { sharedServers } from './support/servers.ts'
import { startServiceProcess } from './support/service-process.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
/** The README and the pages that its tables moved to, as one text. */
const readme = ['README.md', 'docs/configuration.md', 'docs/operating.md']
  .map(page => readFileSync(join(root, page), 'utf8'))
  .concat('## ')
  .join('\n')

t.test('every command of the walk works, pasted in order', async t => {
  const { url: databaseUrl } = await createTestDatabase(t)
  const { nats } = await sharedServers()
  const { NODE_OPTIONS, ...inherited } = process.env
  const env = {
    ...(inherited as Record<string, string>),
    DATABASE_URL: databaseUrl,
    NATS_URL: nats?.url ?? 'off',
    AUTH_SECRET: 'a secret of the test, long enough for HS256',
    SCRATCH_DIR: makeScratchFolder(t),
    TMPDIR: makeScratchFolder(t),
  }
  const command = [process.execPath, builtFile('main.js')]
  const service = await startServiceProcess(t, { command, cwd: root, env: { ...env, PORT: '0' } })
  // A person who is told of a running import looks again; a busy machine takes longer than the watch of the walk.
  const untilOver = `while api "$BASE/v1/imports/$ID" | grep -Eq '"status":"(queued|running)"'; do sleep 0.2; done`
  const script = walk().replaceAll(
    /^.*--max-time.*$/gm,
    watch => `${watch} || [ $? = 28 ]\n${untilOver}`,
  )
  const bash = spawn('bash', ['-c', `set -euo pipefail\n${script}`], {
    cwd: root,
    env: { ...env, PORT: new URL(service.url).port },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [answers, faults, [status]] = await Promise.all([
    text(bash.stdout),
    text(bash.stderr),
    once(bash, 'close'),
  ])
  t.equal(status, 0, `${faults}\n${answers.slice(-2000)}`)
  for (const expected of [
    /"status":"uploaded"/,
    /"rows":\[\["Joanna","Sęk"/,
    /Kolumna 12/,
    /"reason":"header-exact"/,
    /"label":"Nazwisko"/,
    /"unmappedFields":\["fullName","title","position"/,
    /"status":"queued"/,
    /^event: state$/m,
    /"cell":"D251".*"cell":"D1001"/,
    /"name":"Klienci 2026".*"created":1000,"updated":0,"skipped":0,"rejected":0,"remaining":0/,
    /total: 100000,\s+processed: 100000,\s+created: 100000/,
    /"lastName":"Kowal/,
    /"subject":"Oddzwonić","status":"closed"/,
    /"status":"completed","assigned":1000,"alreadyThere":0/,
    /deleting\ndeleting\n$/,
  ]) {
    t.match(answers, expected)
  }
  t.equal(await service.stop(), 0)
})

t.test('the configuration table names every variable and its default', async t => {
  const base = { DATABASE_URL: 'postgres://localhost/any', AUTH_SECRET: 'x'.repeat(32) }
  const rows = tableOf('Configuration')
  const asked = new Set<string>()
  loadConfig(
    new Proxy(base, {
      get(target, name) {
        asked.add(String(name))
        return Reflect.get(target, name)
      },
    }),
  )
  const names = rows.map(([name]) => code(name!))
  t.same(names.toSorted(), [...asked].toSorted())
  for (const [name, fallback] of rows) {
    if (!fallback!.startsWith('`')) continue
    const stated = loadConfig({ ...base, [code(name!)!]: code(fallback!) })
    t.same(stated, loadConfig(base), `${name} is ${fallback}`)
  }
})

t.test('the limits table has the values in force', async t => {
  const values: Record<string, unknown> = { ...limits }
  for (const [name, value] of Object.entries(defaultLimits)) values[`xlsx.${name}`] = value
  for (const [cell, value] of tableOf('Limits')) {
    const name = code(cell!)!
    t.equal(value, describeValue(name, values[name]), name)
  }
})

t.test('the page about mappings names every member of one', async t => {
  const page = readFileSync(join(root, 'docs/mapping.md'), 'utf8')
  const { regionShare, ...members } = MappingRequest.properties
  const named = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, member]) => member)
  t.strictSame(named.toSorted(), Object.keys(members).toSorted())
})

t.test('the settings of PostgreSQL are those that imports are measured with', async t => {
  const source = readFileSync(join(root, 'bench/import/import-service.ts'), 'utf8')
  const [, settings] = /productionSettings = \{(.*?)\}/s.exec(source)!
  const measured = settings!.matchAll(/(\w+): '(\w+)'/g)
  const stated = tableOf('PostgreSQL in production').map(([name, value]) => [
    code(name!),
    code(value!),
  ])
  t.strictSame(
    stated,
    [...measured].map(([, name, value]) => [name, value]),
  )
})

t.test('the lines of the log that are explained are lines of the log', async t => {
  const source = readSource()
  for (const [line] of tableOf('Operating')) {
    for (const part of code(line!)!.split('…')) t.ok(source.includes(part.trim()), part)
  }
})

t.test('the outcomes of a run that are explained are those of the code', t => {
  const row = tableOf('Operating').find(([line]) => code(line!) === 'import run ended')!
  const [, ...explained] = [...row[2]!.matchAll(/`(\w+)`/g)].map(([, name]) => name)
  const types = readSource().matchAll(/^export type (?:Run|Thread)Outcome = (.*)$/gm)
  const names = [...types].flatMap(([, type]) => [...type!.matchAll(/'(\w+)'/g)])
  t.strictSame(explained.toSorted(), names.map(([, name]) => name).toSorted())
  t.end()
})

t.test('links between the documents lead somewhere', async t => {
  const decisions = readdirSync(join(root, 'docs/decisions')).map(name => `docs/decisions/${name}`)
  const pages = [
    ...['README', 'ARCHITECTURE', 'SECURITY', 'CHANGELOG'].map(name => `${name}.md`),
    ...['docs/configuration.md', 'docs/operating.md'],
  ]
  for (const page of [...pages, ...decisions]) {
    const text = readFileSync(join(root, page), 'utf8')
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g)) {
      t.ok(existsSync(join(root, dirname(page), target!)), `${page} → ${target}`)
    }
  }
})

/** Every module of the service in one text. */
function readSource(): string {
  const folder = join(root, 'src')
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const modules = names.filter(name => name.endsWith('.ts'))
  return modules.map(name => readFileSync(join(folder, name), 'utf8')).join('\n')
}

/** The shell blocks between the heading of the walk and the next one. */
function walk(): string {
  const blocks = section('Walk through').matchAll(/^```bash\n(.*?)^```$/gms)
  return [...blocks].map(([, block]) => block).join('')
}

/** Where the README sums a page up under the same heading, the page's section is meant: it comes last. */
function section(heading: string): string {
  const [, found] =
    [...readme.matchAll(new RegExp(`^## ${heading}\n(.*?)(?=^## )`, 'gms'))].at(-1) ?? []
  if (found === undefined) throw new Error(`the README has no section "${heading}"`)
  return found
}

/** Cells of the table in a section, without its head. */
function tableOf(heading: string): string[][] {
  const lines = section(heading)
    .split('\n')
    .filter(line => line.startsWith('|'))
  return lines.slice(2).map(line =>
    line
      .split('|')
      .slice(1, -1)
      .map(cell => cell.trim()),
  )
}

/** The text in backquotes that a cell begins with. */
function code(cell: string): string | undefined {
  return /^`([^`]+)`/.exec(cell)?.[1]
}

function describeValue(name: string, value: unknown): string {
  if (typeof value !== 'number') return `${name} is no limit`
  if (name.endsWith('Ms')) return `${value / 1000} s`
  if (!/Bytes/.test(name)) return value.toLocaleString('en')
  const [unit, size] = (
    [
      ['GiB', 2 ** 30],
      ['MiB', 2 ** 20],
      ['KiB', 2 ** 10],
    ] as const
  ).find(([, bytes]) => value % bytes === 0)!
  return `${value / size} ${unit}`
}
