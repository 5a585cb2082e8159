/** A service process on a PostgreSQL of its own, whose memory the operating system tells. Linux only. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startPostgres } from '../src/embedded/postgres.ts'
import { createFleet, type Member } from '../test/support/fleet.ts'
import { productionSettings } from './import/import-service.ts'

export interface MeasuredProcess extends AsyncDisposable {
  readonly member: Member
  /** resident memory in MiB: now, and the most since the start or the last reset */
  rssMiB(): { now: number; peak: number }
  /** Looks at it again and again while `work` goes on, whatever the peak was before; MiB. */
  peakDuring(work: () => Promise<void>): Promise<number>
}

const pollMs = 50

export async function openMeasuredProcess(): Promise<MeasuredProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'contact-import-bench-'))
  chmodSync(folder, 0o755)
  const dataDir = join(folder, 'postgres')
  mkdirSync(dataDir)
  const postgres = await startPostgres({ dataDir, settings: productionSettings })
  const ends: (() => unknown)[] = []
  const fleet = createFleet(
    { teardown: end => ends.push(end) },
    {
      databaseUrl: postgres.url,
      scratchDir: folder,
      env: { LEASE_MS: '10000', BATCH_ROWS_MAX: '10000', UPLOAD_BYTES_MAX: String(2 ** 30) },
    },
  )
  const member = await fleet.start()
  const rssMiB = () => {
    const status = readFileSync(`/proc/${member.child.pid}/status`, 'utf8')
    const read = (name: string) => Number(RegExp(`${name}:\\s+(\\d+) kB`).exec(status)![1]) / 1024
    return { now: Math.round(read('VmRSS')), peak: Math.round(read('VmHWM')) }
  }
  return {
    member,
    rssMiB,
    async peakDuring(work) {
      let peakMiB = rssMiB().now
      const watch = setInterval(() => {
        peakMiB = Math.max(peakMiB, rssMiB().now)
      }, pollMs)
      await work().finally(() => clearInterval(watch))
      return peakMiB
    },
    async [Symbol.asyncDispose]() {
      for (const end of ends) await end()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
