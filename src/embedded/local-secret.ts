/** The random secret that signs tokens where nobody configured one; made once, kept in the data folder. */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { rethrowFolderFault } from './embedded-error.ts'

/** The secret at `path`, made with mode 0600 when absent. Two processes at once agree on one. */
export function keepLocalSecret(path: string): string {
  try {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'EEXIST') rethrowFolderFault(dirname(path), fault)
  }
  return readFileSync(path, 'utf8').trim()
}
