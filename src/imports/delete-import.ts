/** Removes deleted imports in the background, step by step, whichever process comes first. */

import { crashpoint } from '../crashpoints.ts'
import { queuePollMs } from '../limits.ts'
import { type Deletion, findDeletions, purgeStep } from '../storage/imports/purge.ts'
import { queueChannel } from '../storage/imports/queue.ts'
import type { ImportContext } from './context.ts'

export interface Purger {
  /** Ends after the step in hand. */
  stop(): Promise<void>
}

export function startPurger({ orm, files, notifications, log }: ImportContext): Purger {
  const stopping = new AbortController()
  let purging: Promise<void> = Promise.resolve()
  let wanted = false
  /** What failed, or is another's, rests until the next poll and holds up nobody. */
  const met = new Set<string>()

  const wake = () => {
    if (wanted || stopping.signal.aborted) return
    wanted = true
    purging = purging.then(async () => {
      wanted = false
      await purgeAll().catch(warn)
    })
  }

  const warn = (error: unknown, importId?: string) =>
    log.warn({ err: error, importId }, 'a deletion failed; it is tried again')

  async function purgeAll(): Promise<void> {
    while (!stopping.signal.aborted) {
      const found = await findDeletions(orm, [...met])
      if (found.length === 0) return
      for (const deletion of found) {
        met.add(deletion.importId)
        await purge(deletion).catch(error => warn(error, deletion.importId))
      }
    }
  }

  async function purge(deletion: Deletion): Promise<void> {
    while (!stopping.signal.aborted) {
      const step = await purgeStep(orm, files, deletion)
      crashpoint('after-purge-step', deletion.importId)
      if (step === 'more') continue
      if (step === 'done') log.info({ importId: deletion.importId }, 'import deleted')
      return
    }
  }

  const unsubscribe = notifications.on(queueChannel, wake)
  const timer = setInterval(() => {
    met.clear()
    wake()
  }, queuePollMs)
  wake()
  return {
    async stop() {
      stopping.abort()
      unsubscribe()
      clearInterval(timer)
      await purging
    },
  }
}
