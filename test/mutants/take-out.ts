/** Owns the copy of the checkout in which guards are taken out: the checkout itself is never edited. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Guard } from './guards.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** Copies the files that git tracks, as they are in the working tree; `node_modules` is linked. */
export function copyCheckout(): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'contact-import-mutants-'))
  const copied = spawnSync(
    'bash',
    ['-c', 'git ls-files -z | tar --null -T - -cf - | tar -xf - -C "$0"', folder],
    { cwd: root, encoding: 'utf8' },
  )
  if (copied.status !== 0) throw new Error(`the checkout cannot be copied: ${copied.stderr}`)
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** Takes the guard out of the copy; gives what puts it back. */
export function takeOut(folder: string, { name, file, find, replace }: Guard): () => void {
  const path = join(folder, file)
  const text = readFileSync(path, 'utf8')
  if (text.split(find).length !== 2) {
    throw new Error(`${name}: ${file} must hold this text exactly once:\n${find}`)
  }
  writeFileSync(
    path,
    text.replace(find, () => replace),
  )
  return () => writeFileSync(path, text)
}
