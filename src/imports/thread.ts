/** Runs a module in a worker thread with a heap of its own, and takes its one answer. */
import { basename } from 'node:path'
import { parentPort, Worker, workerData } from 'node:worker_threads'

/** Rows live for a batch: a larger young generation only keeps more garbage of wide sheets. */
const youngHeapMiB = 16

export interface ThreadOptions {
  readonly heapMiB: number
  readonly input: unknown
  /** Aborting ends the thread at once. */
  readonly signal?: AbortSignal
  /** Called with the thread as soon as it is there, to post messages to it. */
  readonly onThread?: (thread: Worker) => void
}

/** A thread ended without an answer: out of memory, an unexpected error, or aborted. */
export class ThreadDiedError extends Error {
  constructor(module: URL, cause: unknown) {
    super(`the thread ${basename(module.pathname)} died`, { cause })
    this.name = 'ThreadDiedError'
  }

  /** Whether the thread reached the end of its heap. */
  get isOutOfMemory(): boolean {
    return (this.cause as NodeJS.ErrnoException | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY'
  }
}

/** Resolves with the thread's answer after it has ended; rejects with `ThreadDiedError`. */
export function runThread<Answer>(module: URL, options: ThreadOptions): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const thread = new Worker(module, {
    workerData: options.input,
    resourceLimits: {
      maxOldGenerationSizeMb: options.heapMiB,
      maxYoungGenerationSizeMb: youngHeapMiB,
    },
  })
  let answer: Answer | undefined
  let cause: unknown
  const end = () => void thread.terminate()
  options.signal?.addEventListener('abort', end, { once: true })
  thread.on('message', (message: Answer) => {
    answer = message
  })
  thread.on('error', error => {
    cause = error
  })
  thread.on('exit', () => {
    options.signal?.removeEventListener('abort', end)
    if (answer !== undefined) resolve(answer)
    else reject(new ThreadDiedError(module, cause ?? options.signal?.reason))
  })
  options.onThread?.(thread)
  if (options.signal?.aborted) end()
  return promise
}

/** Inside the thread: what it was given. */
export function threadInput<T>(): T {
  return workerData as T
}

/** Inside the thread: its one answer. */
export function answerThread<Answer>(answer: Answer): void {
  parentPort!.postMessage(answer)
}
