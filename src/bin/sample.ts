/**
 * Writes a sample sheet of made-up Polish contacts: `npm run -s sample -- --rows 1000 --flawed-every 250 FILE.xlsx`.
 * The same options give the same file.
 */
import { parseArgs } from 'node:util'
import { sheetRowsMax } from '../limits.ts'
import { writeContactSheet } from '../sample/contact-sheet.ts'

const usage = 'usage: npm run -s sample -- --rows 1000 [--flawed-every 250] [--seed 1] FILE.xlsx'

/** Row 1 holds the column names. */
const rowsMax = sheetRowsMax - 1

class UsageError extends Error {}

function readCount(name: string, text: string, max: number): number {
  const count = Number(text)
  if (/^[1-9]\d*$/.test(text) && count <= max) return count
  throw new UsageError(`--${name} is "${text}": use a whole number from 1 to ${max}`)
}

function readArguments(words: string[]) {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      rows: { type: 'string', default: '1000' },
      'flawed-every': { type: 'string' },
      seed: { type: 'string', default: '1' },
    },
  })
  const [path] = positionals
  if (path === undefined || positionals.length > 1) throw new UsageError(usage)
  const flawed = values['flawed-every']
  return {
    path,
    options: {
      rows: readCount('rows', values.rows, rowsMax),
      seed: readCount('seed', values.seed, 2 ** 31),
      ...(flawed !== undefined && { flawedEvery: readCount('flawed-every', flawed, rowsMax) }),
    },
  }
}

/** The faults that a person at the terminal can correct, in one line each; anything else is a bug. */
function describeFault(fault: unknown): string {
  const { code, message } = fault as NodeJS.ErrnoException
  if (fault instanceof UsageError || code?.startsWith('ERR_PARSE_ARGS')) return message
  if ('syscall' in (fault as Error)) return message
  throw fault
}

try {
  const { path, options } = readArguments(process.argv.slice(2))
  const { rows, columns } = await writeContactSheet(path, options)
  console.log(`${path}: ${rows} contacts in ${columns} columns`)
} catch (fault) {
  console.error(`contact-import: ${describeFault(fault)}`)
  process.exitCode = 1
}
