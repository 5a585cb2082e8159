/** The latency of requests while something else goes on. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

export interface Ask {
  readonly method: 'GET' | 'POST' | 'PATCH'
  readonly path: string
  readonly body?: object
}

export interface AskTask extends Ask {
  readonly url: string
  readonly token: string
  readonly pauseMs: number
}

export interface Latency extends Ask, Summary {}

export interface Summary {
  requests: number
  p50Ms: number
  p95Ms: number
  p99Ms: number
  maxMs: number
}

export function summarise(samples: readonly number[]): Summary {
  const sorted = samples.toSorted((a, b) => a - b)
  const at = (share: number) =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0) * 10) /
    10
  return {
    requests: sorted.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    maxMs: at(1),
  }
}

/** Asks each again and again while `work` runs, `pauseMs` after the last answer. */
export async function watchLatency<T>(
  { url, token, pauseMs = 5 }: { url: string; token: string; pauseMs?: number },
  asks: readonly Ask[],
  work: () => Promise<T>,
): Promise<{ result: T; latencies: Latency[] }> {
  const threads = asks.map(
    ask =>
      new Worker(new URL('latency-thread.ts', import.meta.url), {
        workerData: { ...ask, url: `${url}${ask.path}`, token, pauseMs } satisfies AskTask,
      }),
  )
  const result = await work()
  const latencies = await Promise.all(
    threads.map(async (thread, index) => {
      thread.postMessage('stop')
      const [samples] = (await once(thread, 'message')) as [number[]]
      return { ...asks[index]!, ...summarise(samples) }
    }),
  )
  return { result, latencies }
}
