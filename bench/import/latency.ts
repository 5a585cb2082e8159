/** The latency of requests while something else goes on. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface Latency {
  path: string
  requests: number
  p50Ms: number
  p99Ms: number
  maxMs: number
}

/** Asks each path every 5 ms while `work` runs. */
export async function watchLatency<T>(
  { url, token }: { url: string; token: string },
  paths: readonly string[],
  work: () => Promise<T>,
): Promise<{ result: T; latencies: Latency[] }> {
  const threads = paths.map(
    path =>
      new Worker(new URL('latency-thread.ts', import.meta.url), {
        workerData: { url: `${url}${path}`, token, pauseMs: 5 },
      }),
  )
  const result = await work()
  const latencies = await Promise.all(
    threads.map(async (thread, index) => {
      thread.postMessage('stop')
      const [samples] = (await once(thread, 'message')) as [number[]]
      return summarise(paths[index]!, samples)
    }),
  )
  return { result, latencies }
}

function summarise(path: string, samples: number[]): Latency {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) /
    10
  return { path, requests: sorted.length, p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}
