/**
 * Places for work that must not pile up. A caller that finds no place is sent away at once. The process has a number
 * of places; a tenant, and a token where a cap is given, may hold a part of them, so that no tenant and no token keeps
 * the others out.
 */
import type { Caller } from '../contracts/caller.ts'
import { AppError } from '../errors.ts'

export interface PlaceCaps {
  readonly inAll: number
  readonly perTenant: number
  readonly perToken?: number
}

export class Places {
  readonly #caps: PlaceCaps
  /** places taken: in all, by tenant and by token; a count of nothing is left out */
  readonly #taken = new Map<string, number>()

  constructor(caps: PlaceCaps) {
    this.#caps = caps
  }

  /** One place until it is disposed of; `service-busy` when all, or all of this caller, are taken. */
  take({ tenantId, tokenId }: Pick<Caller, 'tenantId' | 'tokenId'>): Disposable {
    const { inAll, perTenant, perToken } = this.#caps
    const capOf = new Map([
      ['all', inAll],
      [`tenant ${tenantId}`, perTenant],
      ...(perToken === undefined ? [] : [[`token ${tokenId}`, perToken] as const]),
    ])
    for (const [key, cap] of capOf) {
      if ((this.#taken.get(key) ?? 0) >= cap) throw new AppError('service-busy')
    }
    for (const key of capOf.keys()) this.#count(key, 1)
    let isHeld = true
    return {
      [Symbol.dispose]: () => {
        if (isHeld) for (const key of capOf.keys()) this.#count(key, -1)
        isHeld = false
      },
    }
  }

  #count(key: string, change: 1 | -1): void {
    const places = (this.#taken.get(key) ?? 0) + change
    if (places === 0) this.#taken.delete(key)
    else this.#taken.set(key, places)
  }
}
