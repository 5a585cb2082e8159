/** Asks one thing again and again from a thread of its own, until told to stop; answers its latencies. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import type { AskTask } from './latency.ts'

const { method, url, body, token, pauseMs } = workerData as AskTask
/** The first answers pay for connections and cold code. */
const warmUps = 10
const samples: number[] = []
let isAsking = true
parentPort!.once('message', () => {
  isAsking = false
})
for (let asked = 0; isAsking; asked += 1) {
  const begin = performance.now()
  const response = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status}`)
  if (asked >= warmUps) samples.push(performance.now() - begin)
  await sleep(pauseMs)
}
parentPort!.postMessage(samples)
