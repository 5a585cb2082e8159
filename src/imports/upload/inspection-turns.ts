/**
 * Decides whose file is inspected next. A few files are inspected at a time, fewer of one tenant, and tenants take
 * turns: a tenant that fills its places with large files leaves a place to the others. An upload that waits here
 * holds a place of uploads, so the caps of uploads bound this queue.
 */
import { inspectionsRunningMax, inspectionsRunningPerTenant } from '../../limits.ts'

/** The files of one tenant that are inspected or wait for it. */
interface Line {
  running: number
  /** in the order of arrival; each is called when its turn has come */
  readonly waiting: Set<() => void>
}

export class InspectionTurns {
  /** in the order of last turns, the oldest first */
  readonly #lines = new Map<string, Line>()
  #running = 0

  /** Runs `work` when its turn has come; rejects with the reason of `signal` when that aborts before. */
  async take<T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    await this.#wait(tenantId, signal)
    try {
      return await work()
    } finally {
      this.#leave(tenantId)
    }
  }

  async #wait(tenantId: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted()
    const line = this.#lines.get(tenantId) ?? { running: 0, waiting: new Set() }
    this.#lines.set(tenantId, line)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => {
      // A file whose turn has already come goes on; its work watches the signal itself.
      if (line.waiting.delete(resolve)) reject(signal.reason)
      this.#forgetIdle(tenantId, line)
    }
    line.waiting.add(resolve)
    signal.addEventListener('abort', onAbort)
    this.#fillPlaces()
    await promise.finally(() => signal.removeEventListener('abort', onAbort))
  }

  #leave(tenantId: string): void {
    const line = this.#lines.get(tenantId)!
    line.running -= 1
    this.#running -= 1
    this.#forgetIdle(tenantId, line)
    this.#fillPlaces()
  }

  #fillPlaces(): void {
    while (this.#running < inspectionsRunningMax) {
      const next = this.#findNext()
      if (!next) return
      const [tenantId, line] = next
      this.#lines.delete(tenantId)
      this.#lines.set(tenantId, line)
      line.running += 1
      this.#running += 1
      const [first] = line.waiting
      line.waiting.delete(first!)
      first!()
    }
  }

  /**
   * The tenant with the fewest running inspections among those that may begin one more; where several have as few,
   * the one whose last turn is longest ago.
   */
  #findNext(): [string, Line] | undefined {
    let found: [string, Line] | undefined
    for (const entry of this.#lines) {
      const [, { running, waiting }] = entry
      if (waiting.size === 0 || running >= inspectionsRunningPerTenant) continue
      if (!found || running < found[1].running) found = entry
    }
    return found
  }

  #forgetIdle(tenantId: string, line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) this.#lines.delete(tenantId)
  }
}
