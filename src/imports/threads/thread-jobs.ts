/** Inside a thread of a pool: takes one job after the other, and gives an answer for each. */
import { parentPort } from 'node:worker_threads'
import { threadJobCpuMs, threadJobsMax } from '../../limits.ts'

/** How a job ended. `endedWell`: nothing went wrong in it. */
export interface JobEnd<Answer> {
  readonly answer: Answer
  readonly endedWell: boolean
}

/** What the thread tells the pool. `isFresh`: the thread is as good as a new one, and may get another job. */
export interface JobAnswer<Answer> {
  readonly answer: Answer
  readonly isFresh: boolean
}

/**
 * Does the jobs of this thread with `work`; an error that `work` throws ends the thread. `answerTo` handles a rejection
 * that no code awaits, for example of a connection that broke while several statements were under way: when it gives an
 * answer, the thread sends that and gets no more jobs; when it gives none, the error ends the thread.
 */
export function serveJobs<Input, Answer>(
  work: (input: Input, stopping: AbortSignal) => Promise<JobEnd<Answer>>,
  answerTo: (error: unknown) => Answer | undefined = () => undefined,
): void {
  process.on('unhandledRejection', error => {
    const answer = answerTo(error)
    if (answer === undefined) throw error
    parentPort!.postMessage({ answer, isFresh: false } satisfies JobAnswer<Answer>)
  })
  let stopping = new AbortController()
  let jobs = 0

  async function run(input: Input): Promise<void> {
    stopping = new AbortController()
    jobs += 1
    const before = process.threadCpuUsage()
    const { answer, endedWell } = await work(input, stopping.signal)
    const { user, system } = process.threadCpuUsage(before)
    const isShort = (user + system) / 1000 < threadJobCpuMs
    const told: JobAnswer<Answer> = {
      answer,
      isFresh: endedWell && isShort && jobs < threadJobsMax,
    }
    parentPort!.postMessage(told)
  }

  parentPort!.on('message', (message: { input: Input } | 'stop') => {
    // Nothing here handles an error of `run`. As an unhandled rejection it ends the thread, which reports it to the pool.
    if (message === 'stop') stopping.abort()
    else void run(message.input)
  })
}
