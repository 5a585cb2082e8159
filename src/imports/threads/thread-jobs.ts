/** Inside a thread of a pool: takes one job after the other, and gives an answer for each. */
import { parentPort } from 'node:worker_threads'
import { threadJobCpuMs, threadJobsMax } from '../../limits.ts'

/** How a job ended. `endedWell`: nothing went wrong in it. */
export interface JobEnd<Answer> {
  readonly answer: Answer
  readonly endedWell: boolean
}

/** As it is told to the pool. `isFresh`: the thread is as good as a new one, and may be given another job. */
export interface JobAnswer<Answer> {
  readonly answer: Answer
  readonly isFresh: boolean
}

/**
 * Does the jobs of this thread by `work`; an error that it throws ends the thread. `answerTo` gives the answer to an
 * error that nobody waited for, as of a line that broke while several statements were under way: the thread then
 * answers, and gets no more jobs. Where it gives none the error ends the thread.
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
    // An error is nobody's to handle here: unhandled, it ends the thread and is told to the pool.
    if (message === 'stop') stopping.abort()
    else void run(message.input)
  })
}
