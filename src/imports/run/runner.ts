/**
 * Claims imports and runs each in a thread of its own, as many as the process may; keeps their leases.
 * Woken by notifications, backed up by a poll. It decides nothing by this machine's clock.
 */
import { randomUUID } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'
import { crashpoint } from '../../crashpoints.ts'
import { importHeapMiB, queuePollMs, queueRetryMs } from '../../limits.ts'
import {
  type Claim,
  claimImport,
  queueChannel,
  releaseLease,
  renewLeases,
} from '../../storage/imports/queue.ts'
import type { ImportContext } from '../context.ts'
import { runThread } from '../thread.ts'
import type { ImportThreadInput, ThreadOutcome } from './import-thread.ts'

export interface Runner {
  /** Claims no more, lets each thread finish its batch, gives the leases back. */
  stop(): Promise<void>
}

interface Run {
  readonly claim: Claim
  thread?: Worker
  done: Promise<void>
}

export interface RunnerContext extends ImportContext {
  readonly databaseUrl: string
}

const importThread = new URL('./import-thread.ts', import.meta.url)

/** A lease is renewed this many times in its life. */
const renewalsPerLease = 3

export function startRunner(context: RunnerContext): Runner {
  const runner = new ImportRunner(context)
  runner.start()
  return runner
}

class ImportRunner implements Runner {
  readonly #context: RunnerContext
  readonly #owner = `${hostname()}/${process.pid}/${randomUUID()}`
  readonly #runs = new Set<Run>()
  readonly #stopping = new AbortController()
  #poll: NodeJS.Timeout | undefined
  #renewal: NodeJS.Timeout | undefined
  #unsubscribe = () => {}
  #claiming: Promise<void> = Promise.resolve()
  #wanted = false

  constructor(context: RunnerContext) {
    this.#context = context
  }

  start(): void {
    const { notifications, config } = this.#context
    const wake = () => this.#wake()
    this.#unsubscribe = notifications.on(queueChannel, wake)
    this.#poll = setInterval(wake, queuePollMs)
    this.#renewal = setInterval(() => this.#renew(), config.leaseMs / renewalsPerLease)
    wake()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#unsubscribe()
    clearInterval(this.#poll)
    for (const { thread } of this.#runs) thread?.postMessage('stop')
    await Promise.all([this.#claiming, ...[...this.#runs].map(({ done }) => done)])
    clearInterval(this.#renewal)
  }

  /** One claiming at a time; a wake-up during it makes it look once more. */
  #wake(): void {
    if (this.#wanted || this.#stopping.signal.aborted) return
    this.#wanted = true
    this.#claiming = this.#claiming.then(async () => {
      this.#wanted = false
      await this.#claimAll().catch(error => {
        this.#context.log.warn({ err: error }, 'claiming imports failed; it is tried again')
      })
    })
  }

  async #claimAll(): Promise<void> {
    const { orm, config } = this.#context
    while (this.#runs.size < config.importsRunningPerProcess && !this.#stopping.signal.aborted) {
      const claim = await claimImport(orm, {
        owner: this.#owner,
        leaseMs: config.leaseMs,
        runningMax: config.importsRunningMax,
        runningPerTenant: config.importsRunningPerTenant,
      })
      if (!claim) return
      if (this.#stopping.signal.aborted) return this.#release(claim, false)
      this.#launch(claim)
    }
  }

  #launch(claim: Claim): void {
    const log = this.#context.log.child({ importId: claim.importId, epoch: claim.epoch })
    log.info('import claimed')
    crashpoint('after-claim-before-thread', claim.importId)
    const run: Run = { claim, done: Promise.resolve() }
    this.#runs.add(run)
    run.done = this.#run(run)
      .then(
        outcome => log.info({ outcome }, 'import run ended'),
        error => log.error({ err: error }, 'import thread died'),
      )
      .finally(() => {
        this.#runs.delete(run)
        this.#wake()
      })
  }

  async #run(run: Run): Promise<ThreadOutcome> {
    const { scratch, databaseUrl, config, fields: catalogues } = this.#context
    const { claim } = run
    const path = scratch.newPath()
    const input: ImportThreadInput = {
      databaseUrl,
      claim,
      fields: (await catalogues.of(claim.tenantId)).fields,
      path,
      scratchDir: scratch.directory,
      leaseMs: config.leaseMs,
      batchRowsMax: config.batchRowsMax,
      crashOrder: config.crashOrder,
    }
    try {
      const outcome = await runThread<ThreadOutcome>(importThread, {
        heapMiB: importHeapMiB,
        input,
        onThread: thread => {
          run.thread = thread
        },
      })
      if (outcome === 'blocked') await this.#rest()
      if (['stopped', 'slow', 'blocked'].includes(outcome)) await this.#release(claim, false)
      return outcome
    } catch (error) {
      await this.#release(claim, true)
      throw error
    } finally {
      // A thread that died could not remove it.
      await rm(path, { force: true })
    }
  }

  /** What keeps an import from going on keeps the next claim from it, too: it is not asked at once. */
  #rest(): Promise<void> {
    return sleep(queueRetryMs, undefined, { signal: this.#stopping.signal }).catch(() => {})
  }

  /** Tries as long as the lease could last; after that it has run out by itself. */
  async #release(claim: Claim, crashed: boolean): Promise<void> {
    const { orm, config, log } = this.#context
    const attempts = Math.ceil(config.leaseMs / queueRetryMs)
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      try {
        return await releaseLease(orm, claim, crashed)
      } catch (error) {
        log.warn({ err: error, importId: claim.importId }, 'the lease could not be given back')
        await sleep(queueRetryMs)
      }
    }
  }

  #renew(): void {
    if (this.#runs.size === 0) return
    const { orm, config, log } = this.#context
    const claims = [...this.#runs].map(({ claim }) => claim)
    renewLeases(orm, claims, config.leaseMs).catch(error => {
      log.warn({ err: error }, 'leases could not be renewed; it is tried again')
    })
  }
}
