/**
 * Shares the connections of requests between tenants: a tenant holds no more than its share, and a connection that
 * becomes free goes to the waiting tenant that holds the fewest. A request that gets none within `waitMs` milliseconds
 * fails with `service-busy`, so that no request waits without end for the work of others.
 */
import { AppError } from '../../errors.ts'

export interface ShareLimits {
  readonly connectionsMax: number
  readonly perTenantMax: number
  readonly waitMs: number
}

interface Waiter {
  readonly tenantId: string
  readonly admit: () => void
}

export class ConnectionShares {
  readonly #limits: ShareLimits
  /** connections in use, by tenant; only tenants that have one */
  readonly #held = new Map<string, number>()
  /** in the order in which they began to wait */
  readonly #waiting = new Set<Waiter>()
  #inUse = 0

  constructor(limits: ShareLimits) {
    this.#limits = limits
  }

  /**
   * Gives the right to use one connection until the caller disposes of it. Throws an AppError `service-busy` when no
   * connection became free within `waitMs` milliseconds.
   */
  async take(tenantId: string): Promise<Disposable> {
    if (!this.#mayTake(tenantId)) await this.#wait(tenantId)
    else this.#count(tenantId, 1)
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (!isHeld) return
        isHeld = false
        this.#count(tenantId, -1)
        this.#admitNext()
      },
    }
  }

  #heldBy(tenantId: string): number {
    return this.#held.get(tenantId) ?? 0
  }

  #mayTake(tenantId: string): boolean {
    const { connectionsMax, perTenantMax } = this.#limits
    return this.#inUse < connectionsMax && this.#heldBy(tenantId) < perTenantMax
  }

  #count(tenantId: string, change: 1 | -1): void {
    this.#inUse += change
    const held = this.#heldBy(tenantId) + change
    if (held === 0) this.#held.delete(tenantId)
    else this.#held.set(tenantId, held)
  }

  async #wait(tenantId: string): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const waiter = { tenantId, admit: resolve }
    const timer = setTimeout(() => {
      this.#waiting.delete(waiter)
      reject(new AppError('service-busy'))
    }, this.#limits.waitMs)
    this.#waiting.add(waiter)
    await promise.finally(() => clearTimeout(timer))
  }

  #admitNext(): void {
    let next: Waiter | undefined
    for (const waiter of this.#waiting) {
      if (!this.#mayTake(waiter.tenantId)) continue
      if (!next || this.#heldBy(waiter.tenantId) < this.#heldBy(next.tenantId)) next = waiter
    }
    if (!next) return
    this.#waiting.delete(next)
    // Counted here: until the waiter goes on, nobody else may take the same connection.
    this.#count(next.tenantId, 1)
    next.admit()
  }
}
