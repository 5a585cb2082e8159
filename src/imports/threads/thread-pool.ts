/**
 * Worker threads that do jobs. Each has a heap of its own, does one job at a time, and gives one answer for each job. The
 * pool keeps a thread whose job ended well and was short, because starting a thread costs more than a small job. It ends
 * a thread that saw a fault, worked long or did many jobs: so a hostile file takes down only its own thread, and leaves
 * nothing behind for the next file.
 */
import { basename } from 'node:path'
import { type Transferable, Worker } from 'node:worker_threads'
import { threadEndMs, threadIdleMs } from '../../limits.ts'
import type { JobAnswer } from './thread-jobs.ts'

/** Size of the young generation. Rows live only for a batch, so a larger one would only keep more garbage of wide sheets. */
const youngHeapMiB = 16

export interface JobOptions {
  /** Aborting ends the thread at once, and the job with it, even when the thread is stuck in a system call. */
  readonly signal?: AbortSignal
  /** Aborting tells the job to end by itself. */
  readonly stopping?: AbortSignal
  /** Those members of the input that go over to the thread, as ports do. */
  readonly transfer?: readonly Transferable[]
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

export class ThreadPool<Input, Answer> {
  readonly #module: URL
  readonly #heapMiB: number
  readonly #idle: PooledThread[] = []
  readonly #all = new Set<PooledThread>()
  #isClosed = false

  /** `module` is the code of the threads and calls `serveJobs`; `heapMiB` bounds the heap of each. */
  constructor(module: URL, heapMiB: number) {
    this.#module = module
    this.#heapMiB = heapMiB
  }

  /** Resolves with the answer of the job; rejects with `ThreadDiedError`. */
  async run(input: Input, options: JobOptions = {}): Promise<Answer> {
    const thread = this.#idle.pop() ?? this.#start()
    const { answer, isFresh } = await thread.run<Answer>(input, options)
    if (isFresh && !this.#isClosed) this.#keep(thread)
    else await thread.end()
    return answer
  }

  /** Ends all threads; jobs under way fail. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#all].map(thread => thread.end()))
  }

  #start(): PooledThread {
    const thread = new PooledThread(this.#module, this.#heapMiB)
    this.#all.add(thread)
    thread.onGone = () => this.#forget(thread)
    return thread
  }

  #keep(thread: PooledThread): void {
    this.#idle.push(thread)
    thread.rest(threadIdleMs, () => this.#wake(thread))
  }

  #forget(thread: PooledThread): void {
    this.#all.delete(thread)
    this.#wake(thread)
  }

  /** Takes the thread off the idle ones, so that it gets no more jobs: a job given to an ending thread would die with it. */
  #wake(thread: PooledThread): void {
    const place = this.#idle.indexOf(thread)
    if (place >= 0) this.#idle.splice(place, 1)
  }
}

class PooledThread {
  onGone = () => {}
  readonly #module: URL
  readonly #worker: Worker
  readonly #gone: Promise<void>
  #job: PromiseWithResolvers<JobAnswer<unknown>> | undefined
  #cause: unknown
  #idleTimer: NodeJS.Timeout | undefined

  constructor(module: URL, heapMiB: number) {
    this.#module = module
    this.#worker = new Worker(module, {
      resourceLimits: {
        maxOldGenerationSizeMb: heapMiB,
        maxYoungGenerationSizeMb: youngHeapMiB,
      },
    })
    const gone = Promise.withResolvers<void>()
    this.#gone = gone.promise
    this.#worker.on('message', (answer: JobAnswer<unknown>) => this.#job?.resolve(answer))
    this.#worker.on('error', error => {
      this.#cause = error
    })
    this.#worker.on('exit', () => {
      clearTimeout(this.#idleTimer)
      this.onGone()
      gone.resolve()
      this.#job?.reject(new ThreadDiedError(this.#module, this.#cause))
    })
  }

  async run<Answer>(input: unknown, options: JobOptions): Promise<JobAnswer<Answer>> {
    const { signal, stopping, transfer = [] } = options
    clearTimeout(this.#idleTimer)
    this.#worker.ref()
    const job = Promise.withResolvers<JobAnswer<unknown>>()
    this.#job = job
    let isStuck: NodeJS.Timeout | undefined
    const abort = () => {
      this.#cause = signal?.reason
      void this.#worker.terminate()
      const giveUp = () => job.reject(new ThreadDiedError(this.#module, this.#cause))
      isStuck = setTimeout(giveUp, threadEndMs)
    }
    const stop = () => this.#worker.postMessage('stop')
    signal?.addEventListener('abort', abort, { once: true })
    stopping?.addEventListener('abort', stop, { once: true })
    this.#worker.postMessage({ input }, transfer)
    if (signal?.aborted) abort()
    if (stopping?.aborted) stop()
    try {
      return (await job.promise) as JobAnswer<Answer>
    } finally {
      clearTimeout(isStuck)
      signal?.removeEventListener('abort', abort)
      stopping?.removeEventListener('abort', stop)
      this.#job = undefined
    }
  }

  /** Waits `ms` milliseconds for the next job, then calls `onEnd` and ends. A waiting thread keeps no process alive. */
  rest(ms: number, onEnd: () => void): void {
    this.#worker.unref()
    this.#idleTimer = setTimeout(() => {
      onEnd()
      void this.end()
    }, ms).unref()
  }

  async end(): Promise<void> {
    await this.#worker.terminate()
    await this.#gone
  }
}
