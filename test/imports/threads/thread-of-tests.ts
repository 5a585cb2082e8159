/** A thread that does as it is told and answers with its number. */
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { threadId } from 'node:worker_threads'
import { serveJobs } from '../../../src/imports/threads/thread-jobs.ts'

export type Order =
  | 'end well'
  | 'meet a fault'
  | 'throw'
  | 'burn'
  | 'wait for stop'
  | 'hang'
  | `read ${string}`

serveJobs<Order, number>(async (order, stopping) => {
  if (order === 'throw') throw new TypeError('as ordered')
  if (order === 'burn') burn(2_100)
  // A pipe that nobody writes to holds the thread in a call of the system, which nothing ends.
  if (order.startsWith('read ')) readFileSync(order.slice('read '.length))
  if (order === 'hang') burn(Number.POSITIVE_INFINITY)
  while (order === 'wait for stop' && !stopping.aborted) await sleep(5)
  return { answer: threadId, endedWell: order !== 'meet a fault' }
})

/** Takes a core for so many milliseconds of its time. */
function burn(ms: number): void {
  const before = process.threadCpuUsage()
  for (;;) {
    const { user, system } = process.threadCpuUsage(before)
    if ((user + system) / 1000 >= ms) return
  }
}
