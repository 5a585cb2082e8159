/**
 * Claims jobs and runs them, as many of each sort as the process may. It renews their leases and gives them back.
 * Notifications wake it; a poll backs them up. It knows no table and decides nothing by this machine's clock.
 */
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger } from 'pino'
import { handBackMs, queuePollMs, queueRetryMs } from '../limits.ts'
import { queueChannel } from '../storage/jobs/claims.ts'
import type { Notifications } from '../storage/postgres/notifications.ts'
import type { Ending, Work } from './work.ts'

export interface Runner {
  /** Claims no more, lets each run end after its step, gives the leases back. */
  stop(): Promise<void>
}

export interface RunnerOptions {
  readonly notifications: Notifications
  readonly leaseMs: number
  readonly log: Logger
}

/** A lease is renewed this many times in its life. */
const renewalsPerLease = 3

const givenBack: ReadonlySet<Ending> = new Set(['stopped', 'slow', 'blocked'])

/** Starts one claiming loop for each sort of work; all of them act as one owner. */
export function startRunner(works: readonly Work<unknown>[], options: RunnerOptions): Runner {
  const owner = `${hostname()}/${process.pid}/${randomUUID()}`
  const shifts = works.map(work => new Shift(work, owner, options))
  const wakeAll = () => {
    for (const shift of shifts) shift.wake()
  }
  for (const shift of shifts) shift.onFree = wakeAll
  const unsubscribe = options.notifications.on(queueChannel, wakeAll)
  const poll = setInterval(wakeAll, queuePollMs)
  wakeAll()
  return {
    async stop() {
      unsubscribe()
      clearInterval(poll)
      await Promise.all(shifts.map(shift => shift.stop()))
    },
  }
}

interface Run<Claim> {
  readonly claim: Claim
  done: Promise<void>
}

/** Claims and runs the jobs of one sort of work in this process. */
class Shift<Claim> {
  /** Called when a job has ended: another job may wait for its place, or for its end. */
  onFree = () => {}
  readonly #work: Work<Claim>
  readonly #owner: string
  readonly #options: RunnerOptions
  readonly #runs = new Set<Run<Claim>>()
  readonly #stopping = new AbortController()
  readonly #renewal: NodeJS.Timeout
  #claiming: Promise<void> = Promise.resolve()
  #wanted = false

  constructor(work: Work<Claim>, owner: string, options: RunnerOptions) {
    this.#work = work
    this.#owner = owner
    this.#options = options
    this.#renewal = setInterval(() => this.#renew(), options.leaseMs / renewalsPerLease)
  }

  /** Claims in the background, one round at a time. A wake-up during a round makes it look once more. */
  wake(): void {
    if (this.#wanted || this.#stopping.signal.aborted) return
    this.#wanted = true
    this.#claiming = this.#claiming.then(async () => {
      this.#wanted = false
      await this.#claimAll().catch(error => {
        this.#options.log.warn({ err: error }, 'claiming failed; it is tried again')
      })
    })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    await this.#claiming
    await Promise.all([...this.#runs].map(({ done }) => done))
    clearInterval(this.#renewal)
  }

  async #claimAll(): Promise<void> {
    while (this.#runs.size < this.#work.placesMax && !this.#stopping.signal.aborted) {
      const claim = await this.#work.claim(this.#owner)
      if (claim === undefined) return
      if (this.#stopping.signal.aborted) return this.#giveBack(claim, false)
      this.#launch(claim)
    }
  }

  #launch(claim: Claim): void {
    const { lines } = this.#work
    const log = this.#options.log.child(this.#work.describe(claim))
    log[lines.level](lines.claimed)
    const run: Run<Claim> = { claim, done: Promise.resolve() }
    this.#runs.add(run)
    run.done = this.#run(claim)
      .then(
        outcome => log[lines.level]({ outcome }, lines.ended),
        error => log.error({ err: error }, lines.died),
      )
      .finally(() => {
        this.#runs.delete(run)
        this.onFree()
      })
  }

  async #run(claim: Claim): Promise<Ending> {
    let ending: Ending
    try {
      ending = await this.#work.run(claim, this.#stopping.signal)
    } catch (error) {
      await this.#giveBack(claim, true)
      throw error
    }
    // The fault that blocked this job would block the next one as well, so its place stays taken for a while.
    if (ending === 'blocked') await this.#rest()
    if (givenBack.has(ending)) await this.#giveBack(claim, false)
    return ending
  }

  /** Ends early when the process is to stop. */
  #rest(): Promise<void> {
    return sleep(queueRetryMs, undefined, { signal: this.#stopping.signal }).catch(() => {})
  }

  /**
   * Tries to give the job back for as long as the lease could last, but no longer than the shutdown allows. After that the
   * lease runs out by itself.
   */
  async #giveBack(claim: Claim, crashed: boolean): Promise<void> {
    const begun = performance.now()
    const waits = () =>
      performance.now() - begun <
      (this.#stopping.signal.aborted
        ? Math.min(handBackMs, this.#options.leaseMs)
        : this.#options.leaseMs)
    do {
      try {
        return await this.#work.giveBack(claim, crashed)
      } catch (error) {
        const { log } = this.#options
        const about = { err: error, ...this.#work.describe(claim) }
        log.warn(about, 'the lease could not be given back')
        await sleep(queueRetryMs)
      }
    } while (waits())
  }

  #renew(): void {
    if (this.#runs.size === 0) return
    const claims = [...this.#runs].map(({ claim }) => claim)
    this.#work.renew(claims).catch(error => {
      this.#options.log.warn({ err: error }, 'leases could not be renewed; it is tried again')
    })
  }
}
