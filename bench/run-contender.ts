/**
 * Knows the contenders and starts one of them as a process of its own on one sheet. It judges
 * nothing: a contender that fails or finds other cells is reported with what happened.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Measurement } from './contender.ts'

export interface Contender {
  name: string
  file: string
  /** Second argument of the contender, where it has one. */
  setting: string
  /** Options of its Node process. */
  nodeOptions: readonly string[]
  /** Largest sheet it is given without being asked to; beyond it takes minutes or fails. */
  rowsMax: number
  /** Whether it reports cells at all. */
  readsCells: boolean
}

const contenderList: readonly Contender[] = [
  contender('idle', { file: 'idle.ts', readsCells: false }),
  contender('bare inflate', { file: 'inflate.ts', setting: '16384', readsCells: false }),
  contender('bare inflate, 256 KiB chunks', {
    file: 'inflate.ts',
    setting: '262144',
    readsCells: false,
  }),
  contender('contact-import', { file: 'contact-import.ts' }),
  contender('exceljs 4.4.0', { file: 'exceljs.ts', rowsMax: 100_000 }),
  contender('xlsx 0.18.5', { file: 'sheetjs.ts', rowsMax: 100_000 }),
  contender('xlsx-stream-reader 1.1.1', { file: 'xlsx-stream-reader.ts', rowsMax: 100_000 }),
  contender('openpyxl', { file: 'openpyxl-read-only.py', rowsMax: 100_000 }),
]

/** A contender; what is not said of it is the usual. */
export function contender(name: string, options: Partial<Contender> & { file: string }): Contender {
  const rowsMax = Number.POSITIVE_INFINITY
  return { name, setting: '', nodeOptions: [], rowsMax, readsCells: true, ...options }
}

/** Debian's interpreter: another one on the PATH would not see Debian's package. */
const python = '/usr/bin/python3'

/** The contenders present on this machine; openpyxl, where it is, with its version. */
export function presentContenders(): Contender[] {
  const probe = spawnSync(python, ['-c', 'import openpyxl; print(openpyxl.__version__)'])
  return contenderList.flatMap(item => {
    if (!isPython(item)) return item
    if (probe.status !== 0) return []
    return { ...item, name: `${item.name} ${probe.stdout.toString().trim()} read-only` }
  })
}

/**
 * Modules come from a cache, as with `npm start`: what Node compiles in order to load TypeScript is
 * compiled in threads that would share the cores with the reader for a while.
 */
const compileCache = join(import.meta.dirname, '.data', 'compile-cache')

export type Outcome = { measurement: Measurement } | { failure: string }

/** Runs a contender once; ten minutes are the most it gets. */
export async function runContender(
  item: Contender,
  sheet: { path: string; cells: number },
): Promise<Outcome> {
  const command = isPython(item) ? python : process.execPath
  const script = join(import.meta.dirname, 'contenders', item.file)
  const child = spawn(command, [...item.nodeOptions, script, sheet.path, item.setting], {
    env: { ...process.env, NODE_COMPILE_CACHE: compileCache },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: 600_000,
  })
  const [output, complaint, [status, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ])
  if (status !== 0) {
    const reason = complaint.split('\n').findLast(line => /error/i.test(line))
    return { failure: reason?.trim() ?? `ended with ${signal ?? status}` }
  }
  const measurement = JSON.parse(output) as Measurement
  if (item.readsCells && measurement.cells !== sheet.cells) {
    return { failure: `found ${measurement.cells} cells of ${sheet.cells}` }
  }
  return { measurement }
}

function isPython(item: Contender): boolean {
  return item.file.endsWith('.py')
}
