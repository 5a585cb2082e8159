/** Sends a crowd's requests until told to stop; answers how they were answered. */
import { parentPort, workerData } from 'node:worker_threads'
import type { CrowdCount, CrowdTask } from './crowd.ts'

const { url, token, paths, atOnce } = workerData as CrowdTask
const answers: Record<string, number> = {}
let longestMs = 0
let isAsking = true
parentPort!.once('message', () => {
  isAsking = false
})
await Promise.all(
  Array.from({ length: atOnce }, async (_, place) => {
    for (let asked = place; isAsking; asked += 1) {
      const begin = performance.now()
      const response = await fetch(`${url}${paths[asked % paths.length]}`, {
        headers: { authorization: `Bearer ${token}` },
      })
      await response.arrayBuffer()
      answers[response.status] = (answers[response.status] ?? 0) + 1
      longestMs = Math.max(longestMs, Math.round(performance.now() - begin))
    }
  }),
)
parentPort!.postMessage({ answers, longestMs } satisfies CrowdCount)
