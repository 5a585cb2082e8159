/** Owns small disks that tests fill: tmpfs where the test may mount one, undefined where not. */
import { spawnSync } from 'node:child_process'
import { chmodSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { makeScratchFolder } from './scratch-folder.ts'

export interface SmallDisk {
  readonly folder: string
  /** Leaves this many bytes of room. */
  fill(bytesLeft: number): void
  /** Takes back what `fill` took. */
  free(): void
}

export function mountSmallDisk(t: Test, mebibytes: number): SmallDisk | undefined {
  const folder = makeScratchFolder(t)
  const mount = ['-t', 'tmpfs', '-o', `size=${mebibytes}m,mode=755`, 'tmpfs', folder]
  if (process.getuid!() !== 0 || spawnSync('mount', mount).status !== 0) return undefined
  t.teardown(() => void spawnSync('umount', ['-l', folder]))
  chmodSync(folder, 0o755)
  const filler = join(folder, 'filler')
  return {
    folder,
    fill(bytesLeft) {
      const { bavail, bsize } = statfsSync(folder)
      writeFileSync(filler, Buffer.alloc(Math.max(0, bavail * bsize - bytesLeft)))
    },
    free: () => rmSync(filler, { force: true }),
  }
}
