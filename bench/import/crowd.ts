/** A crowd of requests of one tenant, sent from a thread of its own: so many at a time, each again after its answer. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface CrowdTask {
  readonly url: string
  readonly token: string
  /** asked in turns */
  readonly paths: readonly string[]
  readonly atOnce: number
}

export interface CrowdCount {
  /** answers by status */
  readonly answers: Readonly<Record<string, number>>
  readonly longestMs: number
}

export interface Crowd {
  stop(): Promise<CrowdCount>
}

export function startCrowd(task: CrowdTask): Crowd {
  const thread = new Worker(new URL('crowd-thread.ts', import.meta.url), { workerData: task })
  return {
    async stop() {
      thread.postMessage('stop')
      const [count] = (await once(thread, 'message')) as [CrowdCount]
      return count
    },
  }
}
