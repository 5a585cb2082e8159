/**
 * Owns two service processes on one database that die and are started again, and knows how to be answered by
 * whichever lives. Which of them dies, where and when follows from the random numbers it is given; timing does not.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { crashpoints } from '../../src/crashpoints.ts'
import type { Random } from '../../src/sample/random.ts'
import type { Fleet, Member, MemberStart } from '../support/fleet.ts'
import { queryOnce } from '../support/query.ts'

export interface PairOptions {
  fleet: Fleet
  adminUrl: string
  random: Random
}

export interface Kill {
  /** by PostgreSQL's clock */
  at: string
  pid: number
}

/** How long a process may live that is to die at a crash point. */
const pointMsMax = 6_000

/** One process has room for all imports, so that none waits for a place when the other dies. */
const sharedOut = { IMPORTS_RUNNING_PER_PROCESS: '4', IMPORTS_RUNNING_PER_TENANT: '4' }

/** How long a call is made again and again that met dying processes. */
const callsMsMax = 120_000

/** Points that a worker passes on its own; the others need a caller or a signal at the right moment. */
const workerPoints = crashpoints.filter(point =>
  /claim|fetch|copy|fence|batch|completion/.test(point),
)

export class MortalPair {
  readonly counts = { kills: 0, killsAtCrashpoints: 0 }
  /** Each is one line; none is what is wanted. */
  readonly faults: string[] = []
  readonly kills: Kill[] = []
  /** calls that met a dying process and were made again */
  brokenCalls = 0
  readonly #options: PairOptions
  readonly #random: Random
  readonly #members: (Member | undefined)[] = [undefined, undefined]
  readonly #starts: (MemberStart | undefined)[] = [undefined, undefined]

  constructor(options: PairOptions) {
    this.#options = options
    this.#random = options.random
  }

  /** Ends when both listen. */
  async start(): Promise<void> {
    await Promise.all([this.#startMember(0), this.#startMember(1)])
  }

  async #startMember(index: number, env: Record<string, string> = {}): Promise<void> {
    for (;;) {
      const start = this.#options.fleet.launch({ ...sharedOut, ...env })
      this.#starts[index] = start
      void start.ended.then(() => {
        if (this.#starts[index] === start) this.#members[index] = undefined
      })
      const member = await start.listening.catch(() => undefined)
      if (this.#starts[index] !== start) return
      if (member !== undefined || (await start.ended) === 'SIGKILL') {
        this.#members[index] = member
        return
      }
      // PostgreSQL was away: an orchestrator starts it again, too.
      env = {}
      await sleep(300)
    }
  }

  /** A process that has not begun has nothing to lose: it is killed once it listens. */
  async nextVictim(): Promise<number> {
    const first = this.#random.below(2)
    for (;;) {
      for (const index of [first, 1 - first]) if (this.#members[index] !== undefined) return index
      await sleep(50)
    }
  }

  /** Kills one member where it happens to be, or starts it anew so that it dies at a crash point. */
  async killOne(index: number): Promise<void> {
    const start = this.#starts[index]!
    const isArmed = this.#random.chance(0.3)
    const order = `${this.#random.pick(workerPoints)}#${1 + this.#random.below(10)}`
    this.#members[index] = undefined
    await this.#noteKill(start.child.pid!)
    start.child.kill('SIGKILL')
    await start.ended
    this.counts.kills += 1
    if (isArmed) await this.#dieAtPoint(index, order)
    void this.#startMember(index)
  }

  /** The point may not be reached in time, when the other process has all the work. */
  async #dieAtPoint(index: number, order: string): Promise<void> {
    void this.#startMember(index, { CRASH_AT: order })
    const start = this.#starts[index]!
    const ended = await Promise.race([start.ended, sleep(pointMsMax, undefined, { ref: false })])
    if (ended === undefined) {
      this.#members[index] = undefined
      await this.#noteKill(start.child.pid!)
      start.child.kill('SIGKILL')
      await start.ended
    } else if (ended === 'SIGKILL') {
      this.counts.killsAtCrashpoints += 1
      if (!start.lines.includes(`crash point ${order.split('#')[0]}`)) {
        this.faults.push(`a process ended by itself (${ended}): ${start.lines.join('\n')}`)
      }
    } else {
      return
    }
    this.counts.kills += 1
  }

  async #noteKill(pid: number): Promise<void> {
    const [row] = await queryOnce(
      this.#options.adminUrl,
      'select clock_timestamp()::text as at',
    ).catch(() => [])
    if (row) this.kills.push({ at: String(row.at), pid })
  }

  /** 409 and 404 are answers: the call before this one was done, its answer lost. */
  call<Body>(method: string, path: string, body?: object) {
    return this.ask(async member => {
      const answer = await member.call<Body>(method, path, { ...(body && { body }) })
      if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.status}`)
      return answer
    })
  }

  /** Asks whichever process lives, again until one answers. */
  async ask<T>(work: (member: Member) => Promise<T>): Promise<T> {
    const deadline = performance.now() + callsMsMax
    for (let call = 1; ; call += 1) {
      const living = this.#members.filter(member => member !== undefined)
      try {
        if (living.length === 0) throw new Error('no process listens')
        return await work(living[call % living.length]!)
      } catch (error) {
        if (performance.now() > deadline) throw error
        this.brokenCalls += 1
        await sleep(100)
      }
    }
  }
}
