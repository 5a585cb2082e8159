/**
 * Owns the random passwords of the embedded servers: made once, kept in a file only its owner may read.
 * Never logs them.
 */
import { randomBytes } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rethrowFolderFault } from './embedded-error.ts'

/** The secrets kept at `path` (mode 0600), one for each name; the file is made when it is absent. */
export function keepSecrets<Name extends string>(
  path: string,
  names: readonly Name[],
): Record<Name, string> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<Name, string>
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ENOENT') rethrowFolderFault(path, fault)
  }
  const secrets = Object.fromEntries(
    names.map(name => [name, randomBytes(24).toString('base64url')]),
  ) as Record<Name, string>
  try {
    const draft = `${path}.new`
    writeFileSync(draft, `${JSON.stringify(secrets)}\n`, { mode: 0o600, flush: true })
    renameSync(draft, path)
  } catch (fault) {
    rethrowFolderFault(path, fault)
  }
  return secrets
}
