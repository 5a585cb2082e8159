/**
 * Owns two service processes on one database that are killed over and over, while imports are started, cancelled,
 * continued and deleted on them. Everything it does follows from its seed; timing does not.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Import } from '../../src/contracts/import.ts'
import { createRandom, type Random } from '../../src/sample/random.ts'
import { crashpoints } from '../../src/storage/crashpoints.ts'
import type { Fleet, Member, MemberStart } from '../support/fleet.ts'
import { findDifferences } from '../support/ledger-checker.ts'
import { messyColumns } from '../support/messy-sheet.ts'
import { queryOnce } from '../support/query.ts'

export interface FireOptions {
  fleet: Fleet
  adminUrl: string
  /** the sheets to import; each is imported once undisturbed, as the reference */
  paths: readonly string[]
  seed: number
  kills: number
  /** between two kills, at random up to twice as long */
  pauseMs: number
  /** other trouble, one of which is made now and then; the name is counted */
  troubles?: Readonly<Record<string, () => Promise<void>>>
  log?: (line: string) => void
}

export interface FireCounts {
  kills: number
  killsAtCrashpoints: number
  completed: number
  cancelled: number
  deleted: number
  poisoned: number
  troubles: Record<string, number>
}

interface Kill {
  /** by PostgreSQL's clock */
  at: string
  pid: number
}

/** How long a process may live that is to die at a crash point. */
const pointMsMax = 6_000

/** Imports in the fire at the same time. */
const activeMax = 4

/** One process has room for all imports, so that none waits for a place when the other dies. */
const sharedOut = { IMPORTS_RUNNING_PER_PROCESS: '4', IMPORTS_RUNNING_PER_TENANT: '4' }

/** How long a call is made again and again that met dying processes. */
const callsMsMax = 120_000

/** Points that a worker passes on its own; the others need a caller or a signal at the right moment. */
const workerPoints = crashpoints.filter(point =>
  /claim|fetch|copy|fence|batch|completion/.test(point),
)

export class FleetUnderFire {
  readonly counts: FireCounts = {
    kills: 0,
    killsAtCrashpoints: 0,
    completed: 0,
    cancelled: 0,
    deleted: 0,
    poisoned: 0,
    troubles: {},
  }
  /** Each is one line; none is what is wanted. */
  readonly faults: string[] = []
  readonly kills: Kill[] = []
  readonly cancelsMs: number[] = []
  readonly #options: FireOptions
  readonly #random: Random
  readonly #references = new Map<string, string>()
  /** import id → its sheet */
  readonly #active = new Map<string, string>()
  readonly #members: (Member | undefined)[] = [undefined, undefined]
  readonly #starts: (MemberStart | undefined)[] = [undefined, undefined]
  #uploads = 0
  /** calls that met a dying process and were made again */
  #brokenCalls = 0

  constructor(options: FireOptions) {
    this.#options = options
    this.#random = createRandom(options.seed)
  }

  /** Kills as often as asked, then lets every import end, and checks each. */
  async run(): Promise<void> {
    await Promise.all([this.#startMember(0), this.#startMember(1)])
    await this.#makeReferences()
    const fire = { over: false }
    const imports = this.#keepImporting(fire)
    const broken = imports.then(
      () => {},
      error => error,
    )
    while (this.counts.kills < this.#options.kills) {
      const index = await this.#nextVictim()
      const fault = await Promise.race([
        broken,
        sleep(this.#random.below(2 * this.#options.pauseMs)),
      ])
      if (fault) throw fault
      await this.#makeTrouble()
      await this.#killOne(index)
      this.#options.log?.(JSON.stringify(this.counts))
    }
    fire.over = true
    await imports
  }

  async #makeReferences(): Promise<void> {
    for (const path of this.#options.paths) {
      const id = await this.#begin(path)
      while ((await this.#get(id)).status !== 'completed') await sleep(50)
      this.#references.set(path, id)
    }
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
  async #nextVictim(): Promise<number> {
    const first = this.#random.below(2)
    for (;;) {
      for (const index of [first, 1 - first]) if (this.#members[index] !== undefined) return index
      await sleep(50)
    }
  }

  /** Kills one member where it happens to be, or starts it anew so that it dies at a crash point. */
  async #killOne(index: number): Promise<void> {
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

  async #makeTrouble(): Promise<void> {
    const troubles = Object.entries(this.#options.troubles ?? {})
    if (troubles.length === 0 || !this.#random.chance(0.1)) return
    const [name, make] = this.#random.pick(troubles)
    this.counts.troubles[name] = (this.counts.troubles[name] ?? 0) + 1
    await make()
  }

  async #keepImporting(fire: { over: boolean }): Promise<void> {
    while (!fire.over || this.#active.size > 0) {
      while (!fire.over && this.#active.size < activeMax) {
        const path = this.#random.pick(this.#options.paths)
        this.#active.set(await this.#begin(path), path)
      }
      for (const [id, path] of this.#active) await this.#tend(id, path, fire)
      await sleep(50)
    }
  }

  /** Looks after one import: cancels, continues or deletes it now and then, checks it in the end. */
  async #tend(id: string, path: string, fire: { over: boolean }): Promise<void> {
    const state = await this.#get(id)
    if (state.status === 'failed') {
      if (state.failure?.code !== 'import-poisoned') this.faults.push(JSON.stringify(state.failure))
      this.counts.poisoned += 1
      await this.#call('POST', `/imports/${id}/start`)
    } else if (state.status === 'running' && !fire.over && this.#random.chance(0.1)) {
      await this.#cancel(id)
      await this.#call('POST', `/imports/${id}/start`)
    } else if (state.status === 'running' && !fire.over && this.#random.chance(0.02)) {
      this.counts.deleted += 1
      await this.#remove(id)
    } else if (state.status === 'completed') {
      this.counts.completed += 1
      const reference = this.#references.get(path)!
      const differences = await this.#ask(() =>
        findDifferences(this.#options.adminUrl, id, reference),
      )
      this.faults.push(...differences.map(line => `${id}: ${line}`))
      await this.#remove(id)
    }
  }

  /** What the answer counts must be what is in the table, then and a while later. */
  async #cancel(id: string): Promise<void> {
    const begun = performance.now()
    const broken = this.#brokenCalls
    const { status, body } = await this.#call<Import>('POST', `/imports/${id}/cancel`)
    if (status !== 202) return
    if (this.#brokenCalls === broken) this.cancelsMs.push(performance.now() - begun)
    this.counts.cancelled += 1
    for (const waitMs of [0, 200]) {
      await sleep(waitMs)
      const [found] = await this.#ask(() =>
        queryOnce(
          this.#options.adminUrl,
          'select count(*)::int as contacts from contacts where import_id = $1',
          [id],
        ),
      )
      if (found?.contacts !== body.rows.created) {
        this.faults.push(`${id}: cancelled at ${body.rows.created}, ${found?.contacts} are in`)
      }
    }
  }

  async #remove(id: string): Promise<void> {
    await this.#call('DELETE', `/imports/${id}`)
    this.#active.delete(id)
  }

  async #begin(path: string): Promise<string> {
    this.#uploads += 1
    const key = `${this.#options.seed}-${this.#uploads}`
    const { id } = await this.#ask(member =>
      member.upload(path, { headers: { 'idempotency-key': key } }),
    )
    const mapping = { headerRow: true, columns: messyColumns }
    await this.#call('PUT', `/imports/${id}/mapping`, mapping)
    await this.#call('POST', `/imports/${id}/start`)
    return id
  }

  async #get(id: string): Promise<Import> {
    return (await this.#call<Import>('GET', `/imports/${id}`)).body
  }

  /** 409 and 404 are answers: the call before this one was done, its answer lost. */
  #call<Body>(method: string, path: string, body?: object) {
    return this.#ask(async member => {
      const answer = await member.call<Body>(method, path, { ...(body && { body }) })
      if (answer.status >= 500) throw new Error(`${method} ${path}: ${answer.status}`)
      return answer
    })
  }

  /** Asks whichever process lives, again until one answers. */
  async #ask<T>(work: (member: Member) => Promise<T>): Promise<T> {
    const deadline = performance.now() + callsMsMax
    for (let call = 1; ; call += 1) {
      const living = this.#members.filter(member => member !== undefined)
      try {
        if (living.length === 0) throw new Error('no process listens')
        return await work(living[call % living.length]!)
      } catch (error) {
        if (performance.now() > deadline) throw error
        this.#brokenCalls += 1
        await sleep(100)
      }
    }
  }
}
