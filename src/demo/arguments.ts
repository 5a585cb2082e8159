/** Reads the command line of the demo. */
import { accessSync, constants, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { DemoError } from './texts.ts'

export interface DemoArguments {
  /** End after the import. */
  exit: boolean
  /** Absolute path of the sheet to import; null for the sample sheet. */
  sheetPath: string | null
}

/** Throws DemoError `usage` or, for a sheet that is not there or not readable, `file-unreadable`. */
export function readArguments(words: string[]): DemoArguments {
  const { exit, files } = parseWords(words)
  if (files.length > 1) throw new DemoError('usage')
  const sheetPath = files[0] === undefined ? null : resolve(files[0])
  if (sheetPath !== null) checkReadable(sheetPath)
  return { exit, sheetPath }
}

function parseWords(words: string[]): { exit: boolean; files: string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: words,
      allowPositionals: true,
      options: { exit: { type: 'boolean', default: false } },
    })
    return { exit: values.exit, files: positionals }
  } catch (fault) {
    throw new DemoError('usage', {}, fault)
  }
}

function checkReadable(path: string): void {
  try {
    accessSync(path, constants.R_OK)
  } catch (fault) {
    const reason = (fault as NodeJS.ErrnoException).code ?? String(fault)
    throw new DemoError('file-unreadable', { path, reason }, fault)
  }
  if (!statSync(path).isFile()) {
    throw new DemoError('file-unreadable', { path, reason: 'EISDIR' })
  }
}
