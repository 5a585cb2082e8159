/**
 * Decides whose file is read next. A few files are read at a time, fewer of one tenant, and tenants take turns: a tenant
 * that fills its places with large files leaves a place to the others. Nothing here bounds how many wait: callers hold a
 * place of their own while they do.
 */

/** How many may run at the same time. */
export interface TurnCaps {
  readonly runningMax: number
  readonly runningPerTenant: number
}

/** The files of one tenant that are read or wait for it. */
interface Line {
  running: number
  /** in the order of arrival; each is called when its turn has come */
  readonly waiting: Set<() => void>
}

export class Turns {
  readonly #caps: TurnCaps
  /** in the order of last turns, the oldest first */
  readonly #lines = new Map<string, Line>()
  #running = 0

  constructor(caps: TurnCaps) {
    this.#caps = caps
  }

  /** Runs `work` when its turn has come; rejects with the reason of `signal` when that aborts before. */
  async take<T>(tenantId: string, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    using _place = await this.enter(tenantId, signal)
    return await work()
  }

  /** Gives a place, until the caller disposes of it, when its turn has come; rejects as `take` does. */
  async enter(tenantId: string, signal: AbortSignal): Promise<Disposable> {
    await this.#wait(tenantId, signal)
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (isHeld) this.#leave(tenantId)
        isHeld = false
      },
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
    while (this.#running < this.#caps.runningMax) {
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
   * The tenant with the fewest running files among those that may begin one more; where several have as few,
   * the one whose last turn is longest ago.
   */
  #findNext(): [string, Line] | undefined {
    let found: [string, Line] | undefined
    for (const entry of this.#lines) {
      const [, { running, waiting }] = entry
      if (waiting.size === 0 || running >= this.#caps.runningPerTenant) continue
      if (!found || running < found[1].running) found = entry
    }
    return found
  }

  #forgetIdle(tenantId: string, line: Line): void {
    if (line.running === 0 && line.waiting.size === 0) this.#lines.delete(tenantId)
  }
}
