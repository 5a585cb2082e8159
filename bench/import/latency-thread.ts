/** Asks one path again and again from a thread of its own, until told to stop; answers its latencies. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'

const { url, token, pauseMs } = workerData as { url: string; token: string; pauseMs: number }
const samples: number[] = []
let isAsking = true
parentPort!.once('message', () => {
  isAsking = false
})
while (isAsking) {
  const begin = performance.now()
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`${url}: ${response.status}`)
  samples.push(performance.now() - begin)
  await sleep(pauseMs)
}
parentPort!.postMessage(samples)
